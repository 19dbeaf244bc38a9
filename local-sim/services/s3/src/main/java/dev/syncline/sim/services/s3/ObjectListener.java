// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

/**
 * Is told of every change of an object after it was made, on the thread that made it and without a
 * lock of the store.
 */
@FunctionalInterface
interface ObjectListener {
  ObjectListener NONE = (bucket, event, object) -> {};

  /**
   * An object has changed.
   *
   * @param event as S3 names it in notifications, without {@code s3:}
   * @param object the new version, the version that was deleted, or the new delete marker
   */
  void changed(String bucket, String event, S3Object object);
}
