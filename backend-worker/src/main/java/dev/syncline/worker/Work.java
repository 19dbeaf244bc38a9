// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker;

/**
 * The work of a job. Implementations are thread-safe.
 *
 * <p>After a worker is lost, its job is redelivered to another process, which does not know the
 * first run. So the same id and event must give the same result: either the result depends on the
 * event only, or the work deduplicates by the id.
 */
@FunctionalInterface
public interface Work {

  /**
   * Does the work.
   *
   * @param id the job's correlation id, the same for every redelivery
   * @param event the request body, a JSON text
   * @return the result, a JSON text
   * @throws WorkException if it fails; its error and message go into the answer
   * @throws InterruptedException if the thread is interrupted: the job is not complete
   */
  String perform(String id, String event) throws WorkException, InterruptedException;
}
