// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.state;

import java.util.Optional;
import java.util.function.Supplier;

/** Content kept beside what is saved, by its digest: what is large or never changes. */
public interface Blobs {
  /**
   * Keeps content for as long as each save asks for it again.
   *
   * @param of the immutable object that the content is of; while it is the same, the content is not
   *     looked at again
   * @return the content's id
   */
  String keep(Object of, Supplier<byte[]> content);

  /**
   * What was kept.
   *
   * @throws DataDirectoryException when it is not there or has been changed
   */
  byte[] load(String id);

  /**
   * What was kept, where a service can be restored without it. What cannot be read is noted: unless
   * the user asked to skip it, the data directory is refused, and the message names {@code what}.
   *
   * @param what for the user, for example {@code the object 'k' of bucket 'b'}
   */
  Optional<byte[]> find(String id, String what);
}
