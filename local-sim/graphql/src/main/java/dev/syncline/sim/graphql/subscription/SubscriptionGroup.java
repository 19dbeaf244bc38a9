// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.subscription;

import java.util.Arrays;
import java.util.List;

/**
 * Subscriptions that get the same payload for the same event: the same document, variables, filter
 * and access. Thread-safe; the index is its only writer.
 *
 * @param <O> what makes the payload
 * @param <S> a subscription
 */
public final class SubscriptionGroup<O, S> {
  private final SubscriptionTerms terms;
  private final O operation;
  private volatile Object[] members = {};

  SubscriptionGroup(SubscriptionTerms terms, O operation) {
    this.terms = terms;
    this.operation = operation;
  }

  /** What its subscriptions share. */
  public SubscriptionTerms terms() {
    return terms;
  }

  /** Makes the payload of all its subscriptions. */
  public O operation() {
    return operation;
  }

  /** Its subscriptions now, in the order in which they began. */
  @SuppressWarnings("unchecked") // the array holds only what add() put there
  public List<S> members() {
    return (List<S>) Arrays.asList(members);
  }

  void add(S member) {
    Object[] more = Arrays.copyOf(members, members.length + 1);
    more[members.length] = member;
    members = more;
  }

  /** Returns whether none is left. */
  boolean remove(S member) {
    members = Arrays.stream(members).filter(other -> other != member).toArray();
    return members.length == 0;
  }
}
