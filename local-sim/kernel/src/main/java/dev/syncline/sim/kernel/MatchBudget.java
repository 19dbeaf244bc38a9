// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.kernel;

/**
 * How many steps regular expressions may still take: each look at a character is one. Counted, not
 * timed, so the same pattern on the same text always ends the same way. One budget may serve many
 * matches, for example all those of one request. Not thread-safe.
 */
public final class MatchBudget {
  /** Steps of one match or of one request, unless told otherwise; some tenths of a second. */
  public static final long DEFAULT_STEPS = 5_000_000;

  /** After so many steps another virtual thread may have the processor. */
  private static final int YIELD_EVERY = 1 << 16;

  /** The steps are used up. */
  public static final class ExhaustedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ExhaustedException() {
      super("matching takes too many steps", null, false, false);
    }
  }

  private final Runnable exhausted;
  private long left;

  /** A budget of {@code steps} that ends with an {@link ExhaustedException}. */
  public MatchBudget(long steps) {
    this(
        steps,
        () -> {
          throw new ExhaustedException();
        });
  }

  /**
   * A budget.
   *
   * @param exhausted called when a step is wanted that is not there; must throw
   */
  public MatchBudget(long steps, Runnable exhausted) {
    this.left = steps;
    this.exhausted = exhausted;
  }

  /**
   * The default for texts of {@code characters} in all: what a pattern without loops needs more.
   */
  public static MatchBudget forText(long characters) {
    return new MatchBudget(DEFAULT_STEPS + 10 * characters);
  }

  /** Takes {@code steps}. */
  public void take(long steps) {
    left -= steps;
    if (left < 0) {
      exhausted.run();
    }
  }

  /** {@code text} for a matcher, which pays for every look at a character. */
  public CharSequence text(CharSequence text) {
    return new Counted(text, 0, text.length());
  }

  // It makes no promise, and needs none: a virtual thread gives its carrier to another.
  @SuppressWarnings("ThreadPriorityCheck")
  private void look() {
    left--;
    if (left < 0) {
      exhausted.run();
    } else if ((left & (YIELD_EVERY - 1)) == 0) {
      Thread.yield();
    }
  }

  private final class Counted implements CharSequence {
    private final CharSequence text;
    private final int from;
    private final int to;

    Counted(CharSequence text, int from, int to) {
      this.text = text;
      this.from = from;
      this.to = to;
    }

    @Override
    public int length() {
      return to - from;
    }

    @Override
    public char charAt(int index) {
      look();
      return text.charAt(from + index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return new Counted(text, from + start, from + end);
    }

    @Override
    public String toString() {
      return text.subSequence(from, to).toString();
    }
  }
}
