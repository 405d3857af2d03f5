<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About ClipView</source>
        <translation>Über ClipView</translation>
    </message>
    <message>
        <source>Version {version}, with Qt {qt}</source>
        <translation>Version {version}, mit Qt {qt}</translation>
    </message>
    <message>
        <source>Finds your photos by what is in them. Photos, searches and results stay on this computer, and photo files are never changed.</source>
        <translation>Findet Ihre Fotos nach dem, was auf ihnen zu sehen ist. Fotos, Suchen und Ergebnisse bleiben auf diesem Rechner, und Fotodateien werden nie verändert.</translation>
    </message>
    <message>
        <source>Free software under the MIT licence. Search models come under their own licences.</source>
        <translation>Freie Software unter der MIT-Lizenz. Suchmodelle haben ihre eigenen Lizenzen.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>Add folder...</source>
        <translation>Ordner hinzufügen ...</translation>
    </message>
    <message>
        <source>Look for new and changed photos</source>
        <translation>Nach neuen und geänderten Fotos suchen</translation>
    </message>
    <message>
        <source>Save search...</source>
        <translation>Suche sichern ...</translation>
    </message>
    <message>
        <source>Export copies...</source>
        <translation>Kopien exportieren ...</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation>Bild kopieren</translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation>Pfad kopieren</translation>
    </message>
    <message>
        <source>Search with copied picture</source>
        <translation>Mit kopiertem Bild suchen</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>Alles auswählen</translation>
    </message>
    <message>
        <source>Sidebar</source>
        <translation>Seitenleiste</translation>
    </message>
    <message>
        <source>Photo details</source>
        <translation>Angaben zum Foto</translation>
    </message>
    <message>
        <source>Larger thumbnails</source>
        <translation>Größere Vorschaubilder</translation>
    </message>
    <message>
        <source>Smaller thumbnails</source>
        <translation>Kleinere Vorschaubilder</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Vollbild</translation>
    </message>
    <message>
        <source>Go to the search field</source>
        <translation>Zum Suchfeld</translation>
    </message>
    <message>
        <source>Search with an image file...</source>
        <translation>Mit einer Bilddatei suchen ...</translation>
    </message>
    <message>
        <source>Search before</source>
        <translation>Vorige Suche</translation>
    </message>
    <message>
        <source>Search after</source>
        <translation>Nächste Suche</translation>
    </message>
    <message>
        <source>One step back</source>
        <translation>Ein Schritt zurück</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Find similar</source>
        <translation>Ähnliche</translation>
    </message>
    <message>
        <source>Add to search</source>
        <translation>Zur Suche hinzufügen</translation>
    </message>
    <message>
        <source>Show or hide weaker matches</source>
        <translation>Schwächere Treffer zeigen oder verbergen</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Search models...</source>
        <translation>Suchmodelle ...</translation>
    </message>
    <message>
        <source>Skipped files</source>
        <translation>Übersprungene Dateien</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>About ClipView</source>
        <translation>Über ClipView</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Search</source>
        <translation>&amp;Suche</translation>
    </message>
    <message>
        <source>&amp;Tools</source>
        <translation>E&amp;xtras</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Erscheinungsbild</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
</context>
<context>
    <name>Chip</name>
    <message>
        <source>Like this</source>
        <translation>So wie dieses</translation>
    </message>
    <message>
        <source>Not like this</source>
        <translation>Nicht wie dieses</translation>
    </message>
    <message>
        <source>Counts half</source>
        <translation>Zählt halb</translation>
    </message>
    <message>
        <source>Counts once</source>
        <translation>Zählt einfach</translation>
    </message>
    <message>
        <source>Counts double</source>
        <translation>Zählt doppelt</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Not like {name}</source>
        <translation>Nicht wie {name}</translation>
    </message>
    <message>
        <source>Like {name}</source>
        <translation>Wie {name}</translation>
    </message>
    <message>
        <source>Backspace removes it, Enter shows what else can be done</source>
        <translation>Die Rücktaste entfernt es, Eingabe zeigt, was sonst möglich ist</translation>
    </message>
</context>
<context>
    <name>DragIn</name>
    <message>
        <source>There is no picture to paste. Copy one, then try again.</source>
        <translation>Es gibt kein Bild zum Einfügen. Kopieren Sie eines und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Pictures are never fetched from the web. Copy the picture and paste it, or save it first.</source>
        <translation>Bilder werden nie aus dem Netz geladen. Kopieren Sie das Bild und fügen Sie es ein, oder speichern Sie es erst.</translation>
    </message>
</context>
<context>
    <name>DropCard</name>
    <message>
        <source>all of them</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>the photos in {name} stay where they are</source>
        <translation>die Fotos in {name} bleiben, wo sie sind</translation>
    </message>
    <message>
        <source>Add folder to library</source>
        <translation>Ordner zur Bibliothek hinzufügen</translation>
    </message>
    <message>
        <source>Search these photos too</source>
        <translation>Auch diese Fotos durchsuchen</translation>
    </message>
    <message>
        <source>copy the picture and paste it here, or save it first</source>
        <translation>kopieren Sie das Bild und fügen Sie es hier ein, oder speichern Sie es erst</translation>
    </message>
    <message>
        <source>Pictures are not fetched from the web</source>
        <translation>Bilder werden nicht aus dem Netz geladen</translation>
    </message>
    <message>
        <source>ClipView works offline</source>
        <translation>ClipView arbeitet offline</translation>
    </message>
    <message>
        <source>New search</source>
        <translation>Neue Suche</translation>
    </message>
    <message>
        <source>look for this picture</source>
        <translation>nach diesem Bild suchen</translation>
    </message>
    <message>
        <source>this picture and what is typed</source>
        <translation>dieses Bild und das Getippte</translation>
    </message>
    <message>
        <source>Add to search</source>
        <translation>Zur Suche hinzufügen</translation>
    </message>
    <message>
        <source>Find photos like this</source>
        <translation>Fotos wie dieses finden</translation>
    </message>
</context>
<context>
    <name>Filmstrip</name>
    <message>
        <source>Filmstrip</source>
        <translation>Filmstreifen</translation>
    </message>
</context>
<context>
    <name>FirstRunPage</name>
    <message>
        <source>Welcome</source>
        <translation>Willkommen</translation>
    </message>
    <message>
        <source>Find photos by describing them</source>
        <translation>Fotos finden, indem man sie beschreibt</translation>
    </message>
    <message>
        <source>Choose folders with photos. They are never moved, changed or uploaded.</source>
        <translation>Wählen Sie Ordner mit Fotos. Sie werden nie verschoben, verändert oder hochgeladen.</translation>
    </message>
    <message>
        <source>Add folder</source>
        <translation>Ordner hinzufügen</translation>
    </message>
    <message>
        <source>Add a folder with photos</source>
        <translation>Einen Ordner mit Fotos hinzufügen</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Use my pictures folder</source>
        <translation>Meinen Bilderordner verwenden</translation>
    </message>
    <message>
        <source>Try with samples</source>
        <translation>Mit Beispielen ausprobieren</translation>
    </message>
    <message>
        <source>Or drop a folder anywhere in this window.</source>
        <translation>Oder ziehen Sie einen Ordner irgendwohin in dieses Fenster.</translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation>Modell wählen</translation>
    </message>
    <message>
        <source>Choose a search model</source>
        <translation>Ein Suchmodell wählen</translation>
    </message>
    <message>
        <source>Ready to search with {model}.</source>
        <translation>Bereit zum Suchen mit {model}.</translation>
    </message>
    <message>
        <source>The built-in search model is ready: good with things and animals.</source>
        <translation>Das eingebaute Suchmodell ist bereit: gut bei Dingen und Tieren.</translation>
    </message>
    <message>
        <source>The built-in search model is ready: good with things and animals. CLIP finds far more, and is a download of {size}.</source>
        <translation>Das eingebaute Suchmodell ist bereit: gut bei Dingen und Tieren. CLIP findet weit mehr und ist ein Download von {size}.</translation>
    </message>
</context>
<context>
    <name>InfoPanel</name>
    <message>
        <source>Photo details</source>
        <translation>Angaben zum Foto</translation>
    </message>
    <message>
        <source>Caption</source>
        <translation>Bildtext</translation>
    </message>
    <message>
        <source>Similar</source>
        <translation>Ähnlich</translation>
    </message>
    <message>
        <source>Find similar</source>
        <translation>Ähnliche</translation>
    </message>
    <message>
        <source>Find photos similar to this one</source>
        <translation>Fotos finden, die diesem ähneln</translation>
    </message>
    <message>
        <source>Reveal</source>
        <translation>Im Ordner</translation>
    </message>
    <message>
        <source>Show the photo in its folder</source>
        <translation>Das Foto in seinem Ordner zeigen</translation>
    </message>
    <message>
        <source>Select a photo</source>
        <translation>Wählen Sie ein Foto</translation>
    </message>
    <message>
        <source>Match {percent} %</source>
        <translation>Treffer {percent} %</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos</source>
        <translation>
            <numerusform>%Ln Foto</numerusform>
            <numerusform>%Ln Fotos</numerusform>
        </translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>Foto</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation>Datum</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Lens</source>
        <translation>Objektiv</translation>
    </message>
    <message>
        <source>Exposure</source>
        <translation>Belichtung</translation>
    </message>
    <message>
        <source>Focal</source>
        <translation>Brennweite</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Also in</source>
        <translation>Auch in</translation>
    </message>
    <message>
        <source>This photo is no longer in the library.</source>
        <translation>Dieses Foto ist nicht mehr in der Bibliothek.</translation>
    </message>
    <message>
        <source>Its drive is not connected, or the file was moved. It can still be found.</source>
        <translation>Das Laufwerk ist nicht angeschlossen, oder die Datei wurde verschoben. Gefunden wird das Foto weiterhin.</translation>
    </message>
    <message>
        <source>Damaged: {reason}</source>
        <translation>Beschädigt: {reason}</translation>
    </message>
    <message numerus="yes">
        <source>{folder} and %Ln more</source>
        <translation>
            <numerusform>{folder} und %Ln weiterer</numerusform>
            <numerusform>{folder} und %Ln weitere</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LibraryDesk</name>
    <message>
        <source>Looking for photos in {folders}</source>
        <translation>Fotos werden gesucht in {folders}</translation>
    </message>
    <message>
        <source>This library can&apos;t be opened</source>
        <translation>Diese Bibliothek lässt sich nicht öffnen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>The search engine stopped and was started again. {reason}</source>
        <translation>Die Suchmaschine ist stehen geblieben und wurde neu gestartet. {reason}</translation>
    </message>
    <message>
        <source>The search engine stops again and again</source>
        <translation>Die Suchmaschine bleibt immer wieder stehen</translation>
    </message>
    <message>
        <source>Opening the library</source>
        <translation>Die Bibliothek wird geöffnet</translation>
    </message>
    <message>
        <source>recently added</source>
        <translation>zuletzt hinzugefügt</translation>
    </message>
    <message>
        <source>{folder} could not be looked through: {reason}</source>
        <translation>{folder} konnte nicht durchsucht werden: {reason}</translation>
    </message>
    <message>
        <source>Many photos were not found</source>
        <translation>Viele Fotos wurden nicht gefunden</translation>
    </message>
    <message>
        <source>{count} files were not found where they were. Was a drive unplugged, or are they gone?</source>
        <translation>{count} Dateien wurden nicht gefunden, wo sie waren. Wurde ein Laufwerk abgezogen, oder sind sie fort?</translation>
    </message>
    <message>
        <source>Keep them</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>They are gone</source>
        <translation>Sie sind fort</translation>
    </message>
    <message>
        <source>Add a folder with photos</source>
        <translation>Einen Ordner mit Fotos hinzufügen</translation>
    </message>
    <message>
        <source>There is no pictures folder on this computer. Choose a folder instead.</source>
        <translation>Auf diesem Rechner gibt es keinen Bilderordner. Wählen Sie stattdessen einen Ordner.</translation>
    </message>
    <message>
        <source>Save search</source>
        <translation>Suche sichern</translation>
    </message>
    <message>
        <source>Name of this search</source>
        <translation>Name dieser Suche</translation>
    </message>
    <message>
        <source>Search saved</source>
        <translation>Suche gesichert</translation>
    </message>
    <message>
        <source>Search with an image file</source>
        <translation>Mit einer Bilddatei suchen</translation>
    </message>
</context>
<context>
    <name>LiveSearch</name>
    <message>
        <source>the closest photos</source>
        <translation>die ähnlichsten Fotos</translation>
    </message>
    <message>
        <source>weaker matches</source>
        <translation>schwächere Treffer</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Something unexpected went wrong ({error}). ClipView goes on.</source>
        <translation>Etwas Unerwartetes ist schiefgegangen ({error}). ClipView macht weiter.</translation>
    </message>
</context>
<context>
    <name>Models</name>
    <message>
        <source>ready at once; everyday things in English</source>
        <translation>sofort bereit; Alltägliches auf Englisch</translation>
    </message>
    <message>
        <source>fast on a CPU</source>
        <translation>schnell ohne Grafikkarte</translation>
    </message>
    <message>
        <source>balanced</source>
        <translation>ausgewogen</translation>
    </message>
    <message>
        <source>many languages</source>
        <translation>viele Sprachen</translation>
    </message>
    <message>
        <source>best on a CPU, overnight</source>
        <translation>das beste ohne Grafikkarte, über Nacht</translation>
    </message>
    <message>
        <source>best, with a GPU</source>
        <translation>das beste, mit Grafikkarte</translation>
    </message>
    <message>
        <source>the first CLIP, for comparison</source>
        <translation>das erste CLIP, zum Vergleich</translation>
    </message>
    <message>
        <source>the first CLIP, small</source>
        <translation>das erste CLIP, klein</translation>
    </message>
    <message>
        <source>imported</source>
        <translation>importiert</translation>
    </message>
    <message>
        <source>from the hub</source>
        <translation>aus dem Hub</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} von {total}</translation>
    </message>
</context>
<context>
    <name>ModelsDialog</name>
    <message>
        <source>Search models</source>
        <translation>Suchmodelle</translation>
    </message>
    <message>
        <source>A search model compares photos with words. A better one finds more: it is downloaded once, looks at every photo again on this computer, and until it is done the old one answers.</source>
        <translation>Ein Suchmodell vergleicht Fotos mit Worten. Ein besseres findet mehr: Es wird einmal geladen, sieht sich auf diesem Rechner jedes Foto neu an, und bis es fertig ist, antwortet das alte.</translation>
    </message>
    <message>
        <source>The built-in model is good with things and animals. It doesn&apos;t know babies and children, most places and weather, counting, text in pictures, or any language but English.</source>
        <translation>Das eingebaute Modell ist gut bei Dingen und Tieren. Es kennt weder Babys und Kinder noch die meisten Orte und das Wetter, kann nicht zählen, keinen Text in Bildern lesen und nur Englisch.</translation>
    </message>
    <message>
        <source>Import a file...</source>
        <translation>Datei importieren ...</translation>
    </message>
    <message>
        <source>Import a model from a file</source>
        <translation>Ein Modell aus einer Datei importieren</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Import a model</source>
        <translation>Ein Modell importieren</translation>
    </message>
    <message>
        <source>Model files ({patterns})</source>
        <translation>Modelldateien ({patterns})</translation>
    </message>
</context>
<context>
    <name>NothingFound</name>
    <message>
        <source>No photos in {folder} for {it}</source>
        <translation>Keine Fotos in {folder} für {it}</translation>
    </message>
    <message>
        <source>No photos for {it}</source>
        <translation>Keine Fotos für {it}</translation>
    </message>
    <message>
        <source>No photos in {it}</source>
        <translation>Keine Fotos in {it}</translation>
    </message>
    <message>
        <source>Nothing clearly looks like {it}</source>
        <translation>Nichts sieht eindeutig aus wie {it}</translation>
    </message>
    <message>
        <source>this picture</source>
        <translation>dieses Bild</translation>
    </message>
    <message>
        <source>these pictures</source>
        <translation>diese Bilder</translation>
    </message>
    <message>
        <source>{words} and {pictures}</source>
        <translation>{words} und {pictures}</translation>
    </message>
    <message>
        <source>Nothing in {total} photos looks like {it}</source>
        <translation>Unter {total} Fotos sieht nichts aus wie {it}</translation>
    </message>
    <message>
        <source>Not all photos can be searched yet.</source>
        <translation>Noch sind nicht alle Fotos durchsuchbar.</translation>
    </message>
    <message>
        <source>These photos are possible.</source>
        <translation>Diese Fotos sind möglich.</translation>
    </message>
    <message>
        <source>Below are the closest ones, which are probably something else.</source>
        <translation>Darunter stehen die ähnlichsten; sie zeigen wohl etwas anderes.</translation>
    </message>
    <message>
        <source>Drop the minus</source>
        <translation>Das Minus weglassen</translation>
    </message>
    <message>
        <source>Search all folders</source>
        <translation>In allen Ordnern suchen</translation>
    </message>
    <message>
        <source>Clear dates</source>
        <translation>Datum weglassen</translation>
    </message>
    <message>
        <source>Words only</source>
        <translation>Nur die Worte</translation>
    </message>
    <message>
        <source>Picture only</source>
        <translation>Nur das Bild</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Suche leeren</translation>
    </message>
</context>
<context>
    <name>PhotoActions</name>
    <message>
        <source>The folder {folder} can&apos;t be opened now.</source>
        <translation>Der Ordner {folder} lässt sich zurzeit nicht öffnen.</translation>
    </message>
    <message>
        <source>Copying {count} photos...</source>
        <translation>{count} Fotos werden kopiert ...</translation>
    </message>
    <message>
        <source>Path copied</source>
        <translation>Pfad kopiert</translation>
    </message>
    <message>
        <source>Paths copied</source>
        <translation>Pfade kopiert</translation>
    </message>
    <message>
        <source>Export copies to</source>
        <translation>Kopien exportieren nach</translation>
    </message>
    <message>
        <source>Picture copied</source>
        <translation>Bild kopiert</translation>
    </message>
    <message>
        <source>The picture was not copied: {reason}</source>
        <translation>Das Bild wurde nicht kopiert: {reason}</translation>
    </message>
    <message>
        <source>{count} photos copied to {folder}</source>
        <translation>{count} Fotos nach {folder} kopiert</translation>
    </message>
    <message>
        <source>{count} could not be copied ({reason})</source>
        <translation>{count} ließen sich nicht kopieren ({reason})</translation>
    </message>
</context>
<context>
    <name>PhotoGrid</name>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
    <message>
        <source>hide</source>
        <translation>verbergen</translation>
    </message>
    <message>
        <source>show</source>
        <translation>zeigen</translation>
    </message>
</context>
<context>
    <name>PhotoModel</name>
    <message>
        <source>{position} of {count}</source>
        <translation>{position} von {count}</translation>
    </message>
    <message>
        <source>match {match} of 100</source>
        <translation>Treffer {match} von 100</translation>
    </message>
    <message>
        <source>favourite</source>
        <translation>Favorit</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>fehlt</translation>
    </message>
    <message>
        <source>video</source>
        <translation>Video</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>beschädigt</translation>
    </message>
    <message>
        <source>more like this</source>
        <translation>mehr davon</translation>
    </message>
    <message>
        <source>less like this</source>
        <translation>weniger davon</translation>
    </message>
</context>
<context>
    <name>PictureSearch</name>
    <message>
        <source>The file of this photo is not in the library any more. Look for changes (F5).</source>
        <translation>Die Datei dieses Fotos ist nicht mehr in der Bibliothek. Suchen Sie nach Änderungen (F5).</translation>
    </message>
    <message>
        <source>A search can hold {most} images at once; the first ones were taken.</source>
        <translation>Eine Suche kann {most} Bilder auf einmal enthalten; die ersten wurden genommen.</translation>
    </message>
    <message>
        <source>That file is not an image this app can read ({reason})</source>
        <translation>Diese Datei ist kein Bild, das diese App lesen kann ({reason})</translation>
    </message>
</context>
<context>
    <name>Pills</name>
    <message numerus="yes">
        <source>%Ln more</source>
        <translation>
            <numerusform>%Ln weiteres</numerusform>
            <numerusform>%Ln weitere</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ProblemsPage</name>
    <message>
        <source>Problems</source>
        <translation>Probleme</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Back to the photos</source>
        <translation>Zurück zu den Fotos</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Try to read the skipped files again</source>
        <translation>Die übersprungenen Dateien noch einmal lesen</translation>
    </message>
    <message>
        <source>Reveal</source>
        <translation>Im Ordner</translation>
    </message>
    <message>
        <source>Show the file in its folder</source>
        <translation>Die Datei in ihrem Ordner zeigen</translation>
    </message>
    <message>
        <source>No problems. Every file that looked like a photo could be read.</source>
        <translation>Keine Probleme. Jede Datei, die nach einem Foto aussah, konnte gelesen werden.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln files are not in the library. The files themselves were not changed.</source>
        <translation>
            <numerusform>%Ln Datei ist nicht in der Bibliothek. Die Datei selbst wurde nicht verändert.</numerusform>
            <numerusform>%Ln Dateien sind nicht in der Bibliothek. Die Dateien selbst wurden nicht verändert.</numerusform>
        </translation>
    </message>
    <message>
        <source>Skipped files</source>
        <translation>Übersprungene Dateien</translation>
    </message>
</context>
<context>
    <name>QueryBar</name>
    <message>
        <source>Search</source>
        <translation>Suche</translation>
    </message>
    <message>
        <source>Search with an image file</source>
        <translation>Mit einer Bilddatei suchen</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Suche leeren</translation>
    </message>
    <message>
        <source>Add words</source>
        <translation>Worte hinzufügen</translation>
    </message>
    <message>
        <source>Describe a photo, or drop an image here</source>
        <translation>Beschreiben Sie ein Foto, oder ziehen Sie ein Bild hierher</translation>
    </message>
</context>
<context>
    <name>ResultBar</name>
    <message>
        <source>Order</source>
        <translation>Reihenfolge</translation>
    </message>
    <message>
        <source>Size of thumbnails</source>
        <translation>Größe der Vorschaubilder</translation>
    </message>
    <message>
        <source>Searching...</source>
        <translation>Suche läuft ...</translation>
    </message>
    <message>
        <source>Best first</source>
        <translation>Beste zuerst</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>Neueste zuerst</translation>
    </message>
    <message>
        <source>Oldest first</source>
        <translation>Älteste zuerst</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>Nach Namen</translation>
    </message>
    <message>
        <source>{total} in {place}</source>
        <translation>{total} in {place}</translation>
    </message>
    <message>
        <source>1 photo</source>
        <translation>1 Foto</translation>
    </message>
    <message>
        <source>{count} photos</source>
        <translation>{count} Fotos</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Nichts gefunden</translation>
    </message>
    <message>
        <source>in {total}</source>
        <translation>in {total}</translation>
    </message>
    <message>
        <source>{strong} strong</source>
        <translation>{strong} starke</translation>
    </message>
    <message>
        <source>{possible} possible of {total}</source>
        <translation>{possible} mögliche von {total}</translation>
    </message>
    <message>
        <source>of {total}</source>
        <translation>von {total}</translation>
    </message>
    <message>
        <source>{possible} possible</source>
        <translation>{possible} mögliche</translation>
    </message>
    <message>
        <source>none strong of {total}</source>
        <translation>kein starker von {total}</translation>
    </message>
    <message>
        <source>{elapsed} ms</source>
        <translation>{elapsed} ms</translation>
    </message>
    <message>
        <source>Searching {count} of {total}</source>
        <translation>Durchsucht werden {count} von {total}</translation>
    </message>
</context>
<context>
    <name>SearchBar</name>
    <message>
        <source>Save search</source>
        <translation>Suche sichern</translation>
    </message>
</context>
<context>
    <name>ShortcutSheet</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>Shortcuts</name>
    <message>
        <source>Search</source>
        <translation>Suche</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
    <message>
        <source>Viewer</source>
        <translation>Betrachter</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>Go to the search field</source>
        <translation>Zum Suchfeld</translation>
    </message>
    <message>
        <source>One step back: viewer, selection, search</source>
        <translation>Ein Schritt zurück: Betrachter, Auswahl, Suche</translation>
    </message>
    <message>
        <source>The search before this one</source>
        <translation>Die Suche davor</translation>
    </message>
    <message>
        <source>The search after this one</source>
        <translation>Die Suche danach</translation>
    </message>
    <message>
        <source>Search with the copied picture</source>
        <translation>Mit dem kopierten Bild suchen</translation>
    </message>
    <message>
        <source>Search with an image file</source>
        <translation>Mit einer Bilddatei suchen</translation>
    </message>
    <message>
        <source>Save this search</source>
        <translation>Diese Suche sichern</translation>
    </message>
    <message>
        <source>Move; with Shift, select</source>
        <translation>Bewegen; mit Umschalt auswählen</translation>
    </message>
    <message>
        <source>Arrows, Home, End, Page keys</source>
        <translation>Pfeile, Pos1, Ende, Bild auf/ab</translation>
    </message>
    <message>
        <source>Open in the viewer</source>
        <translation>Im Betrachter öffnen</translation>
    </message>
    <message>
        <source>Quick look</source>
        <translation>Kurz ansehen</translation>
    </message>
    <message>
        <source>Find similar photos</source>
        <translation>Ähnliche Fotos finden</translation>
    </message>
    <message>
        <source>Add the photo to the search</source>
        <translation>Das Foto zur Suche hinzufügen</translation>
    </message>
    <message>
        <source>Show or hide the weaker matches</source>
        <translation>Schwächere Treffer zeigen oder verbergen</translation>
    </message>
    <message>
        <source>Select all photos</source>
        <translation>Alle Fotos auswählen</translation>
    </message>
    <message>
        <source>Copy the path</source>
        <translation>Pfad kopieren</translation>
    </message>
    <message>
        <source>Copy the picture</source>
        <translation>Bild kopieren</translation>
    </message>
    <message>
        <source>Show in its folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Export copies</source>
        <translation>Kopien exportieren</translation>
    </message>
    <message>
        <source>Previous and next photo</source>
        <translation>Voriges und nächstes Foto</translation>
    </message>
    <message>
        <source>Left, Right</source>
        <translation>Links, Rechts</translation>
    </message>
    <message>
        <source>Zoom in and out</source>
        <translation>Vergrößern und verkleinern</translation>
    </message>
    <message>
        <source>Wheel, plus, minus</source>
        <translation>Mausrad, Plus, Minus</translation>
    </message>
    <message>
        <source>Actual size and back</source>
        <translation>Originalgröße und zurück</translation>
    </message>
    <message>
        <source>Slideshow</source>
        <translation>Diaschau</translation>
    </message>
    <message>
        <source>Larger thumbnails</source>
        <translation>Größere Vorschaubilder</translation>
    </message>
    <message>
        <source>Smaller thumbnails</source>
        <translation>Kleinere Vorschaubilder</translation>
    </message>
    <message>
        <source>Show or hide the sidebar</source>
        <translation>Seitenleiste zeigen oder verbergen</translation>
    </message>
    <message>
        <source>Show or hide the photo&apos;s details</source>
        <translation>Angaben zum Foto zeigen oder verbergen</translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation>Einen Ordner hinzufügen</translation>
    </message>
    <message>
        <source>Look for new and changed photos</source>
        <translation>Nach neuen und geänderten Fotos suchen</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Vollbild</translation>
    </message>
    <message>
        <source>This list</source>
        <translation>Diese Liste</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
</context>
<context>
    <name>Sidebar</name>
    <message>
        <source>Sidebar</source>
        <translation>Seitenleiste</translation>
    </message>
    <message>
        <source>Library, folders and saved searches</source>
        <translation>Bibliothek, Ordner und gesicherte Suchen</translation>
    </message>
    <message>
        <source>Add folder</source>
        <translation>Ordner hinzufügen</translation>
    </message>
    <message>
        <source>Add a folder with photos</source>
        <translation>Einen Ordner mit Fotos hinzufügen</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Forget this search</source>
        <translation>Diese Suche vergessen</translation>
    </message>
    <message>
        <source>Look for changes</source>
        <translation>Nach Änderungen suchen</translation>
    </message>
    <message>
        <source>Open in file manager</source>
        <translation>In der Dateiverwaltung öffnen</translation>
    </message>
    <message>
        <source>Remove from library...</source>
        <translation>Aus der Bibliothek entfernen ...</translation>
    </message>
    <message>
        <source>Remove folder</source>
        <translation>Ordner entfernen</translation>
    </message>
    <message numerus="yes">
        <source>Forget %Ln photos of this folder? The files stay where they are.</source>
        <translation>
            <numerusform>%Ln Foto dieses Ordners vergessen? Die Datei bleibt, wo sie ist.</numerusform>
            <numerusform>%Ln Fotos dieses Ordners vergessen? Die Dateien bleiben, wo sie sind.</numerusform>
        </translation>
    </message>
    <message>
        <source>Forget photos</source>
        <translation>Fotos vergessen</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
</context>
<context>
    <name>SidebarModel</name>
    <message>
        <source>Library</source>
        <translation>Bibliothek</translation>
    </message>
    <message>
        <source>All photos</source>
        <translation>Alle Fotos</translation>
    </message>
    <message>
        <source>Recently added</source>
        <translation>Zuletzt hinzugefügt</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>Probleme</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Saved searches</source>
        <translation>Gesicherte Suchen</translation>
    </message>
    <message>
        <source>{path} (not connected now)</source>
        <translation>{path} (zurzeit nicht angeschlossen)</translation>
    </message>
    <message numerus="yes">
        <source>%Ln files</source>
        <translation>
            <numerusform>%Ln Datei</numerusform>
            <numerusform>%Ln Dateien</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos</source>
        <translation>
            <numerusform>%Ln Foto</numerusform>
            <numerusform>%Ln Fotos</numerusform>
        </translation>
    </message>
    <message>
        <source>not connected now</source>
        <translation>zurzeit nicht angeschlossen</translation>
    </message>
</context>
<context>
    <name>SimilarStrip</name>
    <message>
        <source>Similar photo {position} of {count}</source>
        <translation>Ähnliches Foto {position} von {count}</translation>
    </message>
</context>
<context>
    <name>SkippedModel</name>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Works offline</source>
        <translation>Arbeitet offline</translation>
    </message>
    <message>
        <source>Your photos and searches never leave this computer.</source>
        <translation>Ihre Fotos und Suchen verlassen diesen Rechner nie.</translation>
    </message>
    <message>
        <source>Indexing</source>
        <translation>Erfassen</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Stop indexing</source>
        <translation>Das Erfassen beenden</translation>
    </message>
    <message>
        <source>List</source>
        <translation>Liste</translation>
    </message>
    <message>
        <source>List the skipped files</source>
        <translation>Die übersprungenen Dateien auflisten</translation>
    </message>
    <message>
        <source>Get CLIP</source>
        <translation>CLIP laden</translation>
    </message>
    <message>
        <source>Get a better search model</source>
        <translation>Ein besseres Suchmodell laden</translation>
    </message>
    <message>
        <source>New model is being built. Searching with the old one.</source>
        <translation>Das neue Modell wird aufgebaut. Gesucht wird mit dem alten.</translation>
    </message>
    <message>
        <source>Searching {done} of {total} photos</source>
        <translation>Durchsucht werden {done} von {total} Fotos</translation>
    </message>
    <message>
        <source>Searching with the built-in model: good with things and animals. CLIP finds far more</source>
        <translation>Gesucht wird mit dem eingebauten Modell: gut bei Dingen und Tieren. CLIP findet weit mehr</translation>
    </message>
    <message>
        <source>Indexing stopped: {reason}</source>
        <translation>Das Erfassen ist stehen geblieben: {reason}</translation>
    </message>
    <message>
        <source>Indexing was stopped. What it found is kept.</source>
        <translation>Das Erfassen wurde beendet. Was es gefunden hat, bleibt.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln added</source>
        <translation>
            <numerusform>%Ln hinzugefügt</numerusform>
            <numerusform>%Ln hinzugefügt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln updated</source>
        <translation>
            <numerusform>%Ln erneuert</numerusform>
            <numerusform>%Ln erneuert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln missing</source>
        <translation>
            <numerusform>%Ln fehlt</numerusform>
            <numerusform>%Ln fehlen</numerusform>
        </translation>
    </message>
    <message>
        <source>Library is up to date: {what}</source>
        <translation>Die Bibliothek ist aktuell: {what}</translation>
    </message>
    <message>
        <source>Downloading {name}: {done} of {total}</source>
        <translation>{name} wird geladen: {done} von {total}</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Continue indexing</source>
        <translation>Mit dem Erfassen fortfahren</translation>
    </message>
    <message>
        <source>Pause indexing</source>
        <translation>Das Erfassen anhalten</translation>
    </message>
    <message>
        <source>Paused at {done} of {total}</source>
        <translation>Angehalten bei {done} von {total}</translation>
    </message>
    <message>
        <source>Looking for photos: {found} so far</source>
        <translation>Fotos werden gesucht: bisher {found}</translation>
    </message>
    <message>
        <source>Indexing {done}/{total}</source>
        <translation>Erfasst {done}/{total}</translation>
    </message>
    <message>
        <source>{rate}/s</source>
        <translation>{rate}/s</translation>
    </message>
    <message numerus="yes">
        <source>%Ln skipped</source>
        <translation>
            <numerusform>%Ln übersprungen</numerusform>
            <numerusform>%Ln übersprungen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Viewer</name>
    <message>
        <source>Previous photo</source>
        <translation>Voriges Foto</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Links</translation>
    </message>
    <message>
        <source>Next photo</source>
        <translation>Nächstes Foto</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Rechts</translation>
    </message>
    <message>
        <source>Stop the slideshow</source>
        <translation>Diaschau beenden</translation>
    </message>
    <message>
        <source>Start the slideshow</source>
        <translation>Diaschau starten</translation>
    </message>
    <message>
        <source>Photo {position} of {count}</source>
        <translation>Foto {position} von {count}</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>Wird geladen …</translation>
    </message>
</context>
<context>
    <name>ViewerBar</name>
    <message>
        <source>Back to the results</source>
        <translation>Zurück zu den Ergebnissen</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Actual size</source>
        <translation>Originalgröße</translation>
    </message>
    <message>
        <source>Find similar photos</source>
        <translation>Ähnliche Fotos finden</translation>
    </message>
    <message>
        <source>Start the slideshow</source>
        <translation>Diaschau starten</translation>
    </message>
    <message>
        <source>Show or hide the photo&apos;s details</source>
        <translation>Angaben zum Foto zeigen oder verbergen</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Vollbild</translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message>
        <source>under a minute left</source>
        <translation>noch unter einer Minute</translation>
    </message>
    <message>
        <source>{minutes} min left</source>
        <translation>noch {minutes} min</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min left</source>
        <translation>noch {hours} h {minutes} min</translation>
    </message>
    <message>
        <source>N</source>
        <translation>N</translation>
    </message>
    <message>
        <source>S</source>
        <translation>S</translation>
    </message>
    <message>
        <source>E</source>
        <translation>O</translation>
    </message>
    <message>
        <source>W</source>
        <translation>W</translation>
    </message>
</context>
<context>
    <name>_ArchitectureDialog</name>
    <message>
        <source>Import a model</source>
        <translation>Ein Modell importieren</translation>
    </message>
    <message>
        <source>Which open_clip architecture is {file}? Its publisher names it beside the download.</source>
        <translation>Welche open_clip-Architektur hat {file}? Der Herausgeber nennt sie beim Download.</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>Architektur</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importieren</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>_ModelRow</name>
    <message>
        <source>Download of {model}</source>
        <translation>Download von {model}</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>In Gebrauch</translation>
    </message>
    <message>
        <source>Being built</source>
        <translation>Im Aufbau</translation>
    </message>
    <message>
        <source>Connecting...</source>
        <translation>Verbinden ...</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Get</source>
        <translation>Laden</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>Verwenden</translation>
    </message>
</context>
<context>
    <name>_Words</name>
    <message>
        <source>Describe the photos you look for</source>
        <translation>Beschreiben Sie die gesuchten Fotos</translation>
    </message>
</context>
</TS>
