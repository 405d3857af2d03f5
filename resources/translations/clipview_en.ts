<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>AlbumHeader</name>
    <message numerus="yes">
        <source>%Ln photos</source>
        <translation>
            <numerusform>%Ln photo</numerusform>
            <numerusform>%Ln photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln may not belong</source>
        <translation>
            <numerusform>%Ln may not belong</numerusform>
            <numerusform>%Ln may not belong</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AutoTagging</name>
    <message numerus="yes">
        <source>%Ln photos</source>
        <translation>
            <numerusform>%Ln photo</numerusform>
            <numerusform>%Ln photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The %Ln selected photos</source>
        <translation>
            <numerusform>The %Ln selected photo</numerusform>
            <numerusform>The %Ln selected photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BackupsDialog</name>
    <message numerus="yes">
        <source>%Ln photos</source>
        <translation>
            <numerusform>%Ln photo</numerusform>
            <numerusform>%Ln photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln albums</source>
        <translation>
            <numerusform>%Ln album</numerusform>
            <numerusform>%Ln albums</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BinFailures</name>
    <message numerus="yes">
        <source>%Ln files were not moved and are where they were.</source>
        <translation>
            <numerusform>%Ln file was not moved and is where it was.</numerusform>
            <numerusform>%Ln files were not moved and are where they were.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BinQuestion</name>
    <message numerus="yes">
        <source>Move %Ln files to the bin?</source>
        <translation>
            <numerusform>Move %Ln file to the bin?</numerusform>
            <numerusform>Move %Ln files to the bin?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DuplicatesPage</name>
    <message numerus="yes">
        <source>%Ln photos lie in several places, byte for byte the same.</source>
        <translation>
            <numerusform>%Ln photo lies in several places, byte for byte the same.</numerusform>
            <numerusform>%Ln photos lie in several places, byte for byte the same.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln pictures are there several times: saved again, resized, cropped a little or brightened.</source>
        <translation>
            <numerusform>%Ln picture is there several times: saved again, resized, cropped a little or brightened.</numerusform>
            <numerusform>%Ln pictures are there several times: saved again, resized, cropped a little or brightened.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln moments have several shots. All are kept unless you choose otherwise.</source>
        <translation>
            <numerusform>%Ln moment has several shots. All are kept unless you choose otherwise.</numerusform>
            <numerusform>%Ln moments have several shots. All are kept unless you choose otherwise.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Move %Ln others to the bin...</source>
        <translation>
            <numerusform>Move %Ln other to the bin...</numerusform>
            <numerusform>Move %Ln others to the bin...</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FolderLocator</name>
    <message numerus="yes">
        <source>%Ln photos are in {folder} now.</source>
        <translation>
            <numerusform>%Ln photo is in {folder} now.</numerusform>
            <numerusform>%Ln photos are in {folder} now.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>InfoPanel</name>
    <message numerus="yes">
        <source>%Ln photos</source>
        <translation>
            <numerusform>%Ln photo</numerusform>
            <numerusform>%Ln photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{folder} and %Ln more</source>
        <translation>
            <numerusform>{folder} and %Ln more</numerusform>
            <numerusform>{folder} and %Ln more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Keeping</name>
    <message numerus="yes">
        <source>%Ln stars</source>
        <translation>
            <numerusform>%Ln star</numerusform>
            <numerusform>%Ln stars</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos added to {album}</source>
        <translation>
            <numerusform>%Ln photo added to {album}</numerusform>
            <numerusform>%Ln photos added to {album}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln sidecars written</source>
        <translation>
            <numerusform>%Ln sidecar written</numerusform>
            <numerusform>%Ln sidecars written</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln left as they are ({name}: {reason})</source>
        <translation>
            <numerusform>%Ln left as it is ({name}: {reason})</numerusform>
            <numerusform>%Ln left as they are ({name}: {reason})</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LibraryDesk</name>
    <message numerus="yes">
        <source>%Ln files were not found where they were. Was a drive unplugged, or are they gone?</source>
        <translation>
            <numerusform>%Ln file was not found where it was. Was a drive unplugged, or is it gone?</numerusform>
            <numerusform>%Ln files were not found where they were. Was a drive unplugged, or are they gone?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MarksChip</name>
    <message numerus="yes">
        <source>%Ln likes</source>
        <translation>
            <numerusform>%Ln like</numerusform>
            <numerusform>%Ln likes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln dislikes</source>
        <translation>
            <numerusform>%Ln dislike</numerusform>
            <numerusform>%Ln dislikes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MatchTimeline</name>
    <message numerus="yes">
        <source>{months}: %Ln photos</source>
        <translation>
            <numerusform>{months}: %Ln photo</numerusform>
            <numerusform>{months}: %Ln photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NothingFound</name>
    <message numerus="yes">
        <source>Nothing in %Ln photos looks like {it}</source>
        <translation>
            <numerusform>Nothing in %Ln photo looks like {it}</numerusform>
            <numerusform>Nothing in %Ln photos looks like {it}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>These photos are possible.</source>
        <translation>
            <numerusform>This photo is possible.</numerusform>
            <numerusform>These photos are possible.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PartChips</name>
    <message numerus="yes">
        <source>%n more parts of the search</source>
        <translation>
            <numerusform>%n more part of the search</numerusform>
            <numerusform>%n more parts of the search</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PhotoActions</name>
    <message numerus="yes">
        <source>Copying %Ln photos...</source>
        <translation>
            <numerusform>Copying %Ln photo...</numerusform>
            <numerusform>Copying %Ln photos...</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos copied to {folder}</source>
        <translation>
            <numerusform>%Ln photo copied to {folder}</numerusform>
            <numerusform>%Ln photos copied to {folder}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PhotoModel</name>
    <message numerus="yes">
        <source>%Ln stars</source>
        <translation>
            <numerusform>%Ln star</numerusform>
            <numerusform>%Ln stars</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Pills</name>
    <message numerus="yes">
        <source>%Ln more</source>
        <translation>
            <numerusform>%Ln more</numerusform>
            <numerusform>%Ln more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ProblemsPage</name>
    <message numerus="yes">
        <source>%Ln files are not in the library. The files themselves were not changed.</source>
        <translation>
            <numerusform>%Ln file is not in the library. The file itself was not changed.</numerusform>
            <numerusform>%Ln files are not in the library. The files themselves were not changed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ProposalRow</name>
    <message numerus="yes">
        <source>Learned from %Ln examples.</source>
        <translation>
            <numerusform>Learned from %Ln example.</numerusform>
            <numerusform>Learned from %Ln examples.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>From %Ln examples one can&apos;t tell yet what belongs.</source>
        <translation>
            <numerusform>From %Ln example one can&apos;t tell yet what belongs.</numerusform>
            <numerusform>From %Ln examples one can&apos;t tell yet what belongs.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ResultBar</name>
    <message numerus="yes">
        <source>%Ln left out</source>
        <translation>
            <numerusform>%Ln left out</numerusform>
            <numerusform>%Ln left out</numerusform>
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
    <message numerus="yes">
        <source>%Ln photos</source>
        <translation>
            <numerusform>%Ln photo</numerusform>
            <numerusform>%Ln photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln strong</source>
        <translation>
            <numerusform>%Ln strong</numerusform>
            <numerusform>%Ln strong</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln possible of {total}</source>
        <translation>
            <numerusform>%Ln possible of {total}</numerusform>
            <numerusform>%Ln possible of {total}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln possible</source>
        <translation>
            <numerusform>%Ln possible</numerusform>
            <numerusform>%Ln possible</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewPage</name>
    <message numerus="yes">
        <source>%Ln left</source>
        <translation>
            <numerusform>%Ln left</numerusform>
            <numerusform>%Ln left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln answered</source>
        <translation>
            <numerusform>%Ln answered</numerusform>
            <numerusform>%Ln answered</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sidebar</name>
    <message numerus="yes">
        <source>Forget %Ln photos of this folder? The files stay where they are.</source>
        <translation>
            <numerusform>Forget %Ln photo of this folder? The file stays where it is.</numerusform>
            <numerusform>Forget %Ln photos of this folder? The files stay where they are.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SidebarModel</name>
    <message numerus="yes">
        <source>%Ln files</source>
        <translation>
            <numerusform>%Ln file</numerusform>
            <numerusform>%Ln files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln questions</source>
        <translation>
            <numerusform>%Ln question</numerusform>
            <numerusform>%Ln questions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos</source>
        <translation>
            <numerusform>%Ln photo</numerusform>
            <numerusform>%Ln photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StarRow</name>
    <message numerus="yes">
        <source>%Ln stars</source>
        <translation>
            <numerusform>%Ln star</numerusform>
            <numerusform>%Ln stars</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message numerus="yes">
        <source>%Ln added</source>
        <translation>
            <numerusform>%Ln added</numerusform>
            <numerusform>%Ln added</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln updated</source>
        <translation>
            <numerusform>%Ln updated</numerusform>
            <numerusform>%Ln updated</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln missing</source>
        <translation>
            <numerusform>%Ln missing</numerusform>
            <numerusform>%Ln missing</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Indexing stopped at %Ln files such as {file}, skipped them and went on</source>
        <translation>
            <numerusform>Indexing stopped at %Ln file ({file}), skipped it and went on</numerusform>
            <numerusform>Indexing stopped at %Ln files such as {file}, skipped them and went on</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln skipped</source>
        <translation>
            <numerusform>%Ln skipped</numerusform>
            <numerusform>%Ln skipped</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TagDesk</name>
    <message numerus="yes">
        <source>%Ln answers</source>
        <translation>
            <numerusform>%Ln answer</numerusform>
            <numerusform>%Ln answers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Teach a tag from %Ln photos</source>
        <translation>
            <numerusform>Teach a tag from %Ln photo</numerusform>
            <numerusform>Teach a tag from %Ln photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Learned {tag}: it was given to %Ln more photos</source>
        <translation>
            <numerusform>Learned {tag}: it was given to %Ln more photo</numerusform>
            <numerusform>Learned {tag}: it was given to %Ln more photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, and %Ln wait for your answer</source>
        <translation>
            <numerusform>, and %Ln waits for your answer</numerusform>
            <numerusform>, and %Ln wait for your answer</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>These examples don&apos;t show yet what {tag} is: held back, they were told apart in {percent} % of the cases, and that may be chance. Nothing was tagged by itself; %Ln photos wait for your answer.</source>
        <translation>
            <numerusform>These examples don&apos;t show yet what {tag} is: held back, they were told apart in {percent} % of the cases, and that may be chance. Nothing was tagged by itself; %Ln photo waits for your answer.</numerusform>
            <numerusform>These examples don&apos;t show yet what {tag} is: held back, they were told apart in {percent} % of the cases, and that may be chance. Nothing was tagged by itself; %Ln photos wait for your answer.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TagLine</name>
    <message numerus="yes">
        <source>%Ln photos get it by themselves, about {percent} % of them rightly.</source>
        <translation>
            <numerusform>%Ln photo gets it by itself, with a chance of about {percent} % rightly.</numerusform>
            <numerusform>%Ln photos get it by themselves, about {percent} % of them rightly.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TaggingLine</name>
    <message numerus="yes">
        <source>Review %Ln</source>
        <translation>
            <numerusform>Review %Ln</numerusform>
            <numerusform>Review %Ln</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Review %Ln unsure tags</source>
        <translation>
            <numerusform>Review %Ln unsure tag</numerusform>
            <numerusform>Review %Ln unsure tags</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos tagged</source>
        <translation>
            <numerusform>%Ln photo tagged</numerusform>
            <numerusform>%Ln photos tagged</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{tags} and %Ln more tags</source>
        <translation>
            <numerusform>{tags} and %Ln more tag</numerusform>
            <numerusform>{tags} and %Ln more tags</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The tags of %Ln photos are out of date</source>
        <translation>
            <numerusform>The tags of %Ln photo are out of date</numerusform>
            <numerusform>The tags of %Ln photos are out of date</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ToBin</name>
    <message numerus="yes">
        <source>%Ln files moved to the bin</source>
        <translation>
            <numerusform>%Ln file moved to the bin</numerusform>
            <numerusform>%Ln files moved to the bin</numerusform>
        </translation>
    </message>
</context>
</TS>
