// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import dev.syncline.sim.service.state.Blobs;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Keeps content as the data directory does: by the object that has it. */
final class IdentityBlobs implements Blobs {
  private final Map<Object, String> ids = new IdentityHashMap<>();
  private final Map<String, byte[]> contents = new HashMap<>();

  @Override
  public String keep(Object of, Supplier<byte[]> content) {
    return ids.computeIfAbsent(
        of,
        added -> {
          String id = "blob-" + ids.size();
          contents.put(id, content.get());
          return id;
        });
  }

  @Override
  public byte[] load(String id) {
    return find(id, id).orElseThrow();
  }

  @Override
  public Optional<byte[]> find(String id, String what) {
    return Optional.ofNullable(contents.get(id));
  }
}
