// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker;

/** What a job does with its event. Implementations are thread-safe. */
@FunctionalInterface
public interface Work {

  /**
   * Does the work.
   *
   * @param event the request body, a JSON text
   * @return the result, a JSON text
   * @throws WorkException if it fails, under the name and cause to answer with
   * @throws InterruptedException if the thread is interrupted: the job is not over
   */
  String perform(String event) throws WorkException, InterruptedException;
}
