#!/bin/sh
# Makes the voices that the disguise is tried on: sentences of our own, spoken by espeak-ng (Debian), encoded by ffmpeg.
# Run here by hand; the tests need neither program.
set -e
say() { # name voice pitch speed sentence
  espeak-ng -v "$2" -p "$3" -s "$4" -w /tmp/speech.wav "$5"
  ffmpeg -loglevel error -y -i /tmp/speech.wav -ac 1 -ar 16000 -c:a libvorbis -q:a 1 "$1.ogg"
  rm /tmp/speech.wav
}
say kk-man kk+m3 40 150 "Мені мектепте күнде мазақтайды, не істерімді білмеймін."
say kk-woman kk+f2 60 160 "Апамның үйіне барғым келеді, мұнда маған жаман."
say ru-man ru+m1 35 150 "Меня обижают в школе каждый день."
say ru-girl ru+f4 90 170 "Я боюсь идти домой одна вечером."
say en-deep en+m7 10 140 "Somebody takes my money at school."
say en-child en+f5 99 170 "I do not want to go there any more, please help me."
