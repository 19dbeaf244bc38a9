// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.realtime;

/**
 * An event whose deliveries are recorded: one by one when they are few; else their number, and the
 * first that failed, because entries for all would push all other entries out of the journal. Not
 * thread-safe.
 */
public abstract class JournaledEvent<S extends Receiver> implements Delivery.Event<S> {
  private static final int MAX_ONE_BY_ONE = 16;

  private final boolean oneByOne;
  private int taken;
  private int lost;

  /** An event for this number of subscriptions. */
  protected JournaledEvent(int subscriptions) {
    this.oneByOne = subscriptions <= MAX_ONE_BY_ONE;
  }

  @Override
  public final void delivered(S subscription, boolean accepted) {
    if (accepted) {
      taken++;
      if (oneByOne) {
        recordTaken(subscription);
      }
    } else if (lost++ < MAX_ONE_BY_ONE || oneByOne) {
      recordLost(subscription);
    }
  }

  /** All deliveries are done, except those that a fault delays. */
  public void end() {
    if (!oneByOne) {
      recordAll(taken, lost);
    }
  }

  /** How many connections took it. */
  protected final int taken() {
    return taken;
  }

  /** Records a delivery. */
  protected abstract void recordTaken(S subscription);

  /** Records a delivery that the connection did not take. */
  protected abstract void recordLost(S subscription);

  /** Records the deliveries to many subscriptions. */
  protected abstract void recordAll(int deliveries, int undelivered);
}
