// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.state;

import java.util.Optional;
import java.util.function.Supplier;

/** Stores content beside the saved state, by its digest: large or immutable content. */
public interface Blobs {
  /**
   * Keeps content as long as each save asks for it.
   *
   * @param of the immutable object that has the content; for the same object the content is not
   *     read again
   * @return the content's id
   */
  String keep(Object of, Supplier<byte[]> content);

  /**
   * The content.
   *
   * @throws DataDirectoryException when the content is missing or has been changed
   */
  byte[] load(String id);

  /**
   * The content, for a service that can be restored without it. Unreadable content is recorded; the
   * data directory is then refused with a message that names {@code what}, unless the user asked to
   * skip damaged content.
   *
   * @param what for the user, for example {@code the object 'k' of bucket 'b'}
   */
  Optional<byte[]> find(String id, String what);
}
