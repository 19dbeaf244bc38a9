// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.streams;

/** The images that the records of a stream have, as AWS spells it. */
public enum StreamViewType {
  KEYS_ONLY(false, false),
  NEW_IMAGE(false, true),
  OLD_IMAGE(true, false),
  NEW_AND_OLD_IMAGES(true, true);

  private final boolean showsOld;
  private final boolean showsNew;

  StreamViewType(boolean showsOld, boolean showsNew) {
    this.showsOld = showsOld;
    this.showsNew = showsNew;
  }

  /** Whether a record has the item as it was before the change. */
  boolean showsOld() {
    return showsOld;
  }

  /** Whether a record has the item as it was after the change. */
  boolean showsNew() {
    return showsNew;
  }
}
