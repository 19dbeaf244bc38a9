// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.resolver;

/** The two parts of a resolver or function: templates or APPSYNC_JS. Thread-safe. */
public interface StepCode {
  /** Whether request documents have a version, whose rules hold; without one it is 2018-05-29. */
  default boolean isVersioned() {
    return false;
  }

  /**
   * Whether the request part may give a {@code BatchInvoke} document: then the calls of one level
   * run together. False may lose batches, true may lose parallel calls.
   */
  default boolean mayBatch() {
    return true;
  }

  /** Evaluates the request part; changes stash, arguments and added errors of the context. */
  Evaluation request(ResolverContext context);

  /** Evaluates the response part, as {@link #request}. */
  Evaluation response(ResolverContext context);

  /** Evaluates the request part of a pipeline resolver, which needs no request document. */
  default Evaluation before(ResolverContext context) {
    return request(context);
  }
}
