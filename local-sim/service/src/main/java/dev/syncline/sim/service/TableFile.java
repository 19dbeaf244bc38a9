// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Tables that are resources of a room: UTF-8, fields between tabs, comments after {@code #}. */
public final class TableFile {
  private TableFile() {}

  /**
   * The fields of every row, in order.
   *
   * @param room a class of the room
   * @param file the resource's absolute name
   * @throws NullPointerException with the name if there is no such resource
   */
  public static List<String[]> rows(Class<?> room, String file) {
    try (InputStream in = Objects.requireNonNull(room.getResourceAsStream(file), file);
        var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return reader
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", -1))
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
