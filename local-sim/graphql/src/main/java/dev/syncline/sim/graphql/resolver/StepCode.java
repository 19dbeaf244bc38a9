// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.resolver;

/** The two parts of a resolver or function: templates or APPSYNC_JS. Thread-safe. */
public interface StepCode {
  /** Whether its errors follow the rules of template version 2017-02-28. */
  default boolean hasRules2017() {
    return false;
  }

  /** Evaluates the request part; changes stash, arguments and added errors of the context. */
  Evaluation request(ResolverContext context);

  /** Evaluates the response part, as {@link #request}. */
  Evaluation response(ResolverContext context);
}
