// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker;

/**
 * What a job does with its event. Implementations are thread-safe.
 *
 * <p>A job can be given again after its worker was lost, to another process that knows nothing of
 * the first. So the same id and event must give the same result: either the result follows from the
 * event alone, or the work remembers by the id what it has done.
 */
@FunctionalInterface
public interface Work {

  /**
   * Does the work.
   *
   * @param id the job's correlation id, the same whenever the job is given again
   * @param event the request body, a JSON text
   * @return the result, a JSON text
   * @throws WorkException if it fails, under the name and cause to answer with
   * @throws InterruptedException if the thread is interrupted: the job is not over
   */
  String perform(String id, String event) throws WorkException, InterruptedException;
}
