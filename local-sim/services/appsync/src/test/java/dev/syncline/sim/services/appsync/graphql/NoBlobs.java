// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql;

import dev.syncline.sim.service.state.Blobs;
import java.util.Optional;
import java.util.function.Supplier;

/** For state without blobs. */
public final class NoBlobs implements Blobs {
  @Override
  public String keep(Object of, Supplier<byte[]> content) {
    throw new AssertionError("a blob");
  }

  @Override
  public byte[] load(String id) {
    throw new AssertionError("a blob");
  }

  @Override
  public Optional<byte[]> find(String id, String what) {
    throw new AssertionError("a blob");
  }
}
