// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.streams;

/** The images that the records of a stream have, as AWS spells it. */
public enum StreamViewType {
  KEYS_ONLY,
  NEW_IMAGE,
  OLD_IMAGE,
  NEW_AND_OLD_IMAGES;

  /** Whether a record has the item as it was before the change. */
  boolean showsOld() {
    return this == OLD_IMAGE || this == NEW_AND_OLD_IMAGES;
  }

  /** Whether a record has the item as it was after the change. */
  boolean showsNew() {
    return this == NEW_IMAGE || this == NEW_AND_OLD_IMAGES;
  }
}
