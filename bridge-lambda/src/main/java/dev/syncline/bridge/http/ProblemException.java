// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.http;

/**
 * Ends a request with a problem document. Thread-safe: it has no stack trace, which requests would
 * share.
 */
public final class ProblemException extends RuntimeException {

  private final transient Problem problem;

  public ProblemException(Problem problem) {
    super(problem.status() + " " + problem.kind(), null, false, false);
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}
