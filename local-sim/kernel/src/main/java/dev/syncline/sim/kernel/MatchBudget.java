// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.kernel;

/**
 * The remaining steps of regular expressions: each read of a character is one step. Steps are
 * counted, not timed, so the same pattern and text always have the same result. One budget may
 * serve many matches, for example all those of one request. Not thread-safe.
 */
public final class MatchBudget {
  /** The default number of steps of one match or of one request: some tenths of a second. */
  public static final long DEFAULT_STEPS = 5_000_000;

  /** After this many steps the thread yields to other virtual threads. */
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
   * @param exhausted called when no step is left; must throw
   */
  public MatchBudget(long steps, Runnable exhausted) {
    this.left = steps;
    this.exhausted = exhausted;
  }

  /**
   * The default budget, increased for texts of {@code characters} in total, so that a pattern
   * without loops does not exceed it.
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

  /** {@code text} for a matcher; each read of a character takes one step. */
  public CharSequence text(CharSequence text) {
    return new Counted(this, text, 0, text.length());
  }

  // Thread.yield gives no guarantee, but a virtual thread does release its carrier thread.
  @SuppressWarnings("ThreadPriorityCheck")
  private void look() {
    left--;
    if (left < 0) {
      exhausted.run();
    } else if ((left & (YIELD_EVERY - 1)) == 0) {
      Thread.yield();
    }
  }

  private record Counted(MatchBudget budget, CharSequence text, int from, int to)
      implements CharSequence {
    @Override
    public int length() {
      return to - from;
    }

    @Override
    public char charAt(int index) {
      budget.look();
      return text.charAt(from + index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return new Counted(budget, text, from + start, from + end);
    }

    @Override
    public String toString() {
      return text.subSequence(from, to).toString();
    }
  }
}
