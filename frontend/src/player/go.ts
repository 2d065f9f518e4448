/** Plays. A pause that follows at once breaks the promise of `play()`; that is no error, the reader wanted it so. */
export function go(video: HTMLVideoElement): void {
  video.play().catch((reason: unknown) => {
    if (!(reason instanceof DOMException && reason.name === "AbortError")) throw reason;
  });
}
