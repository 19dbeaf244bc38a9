// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPInputStream;

/**
 * The generated files on the class path: {@code VERSION.json} and one compressed model per service.
 *
 * <p>Thread-safe: a model is read once, also if several threads ask for it at the same time.
 */
final class ModelFiles {
  static final ObjectMapper MAPPER = new ObjectMapper();

  private static final Map<String, ServiceModel> READ = new ConcurrentHashMap<>();

  private ModelFiles() {}

  /**
   * The content of {@code VERSION.json}.
   *
   * @param checksums SHA-256 of the uncompressed content of each service's file, by id
   * @param idByName the id of each service by all of its names
   */
  record Index(
      String botocoreVersion, Map<String, String> checksums, Map<String, String> idByName) {
    Set<String> ids() {
      return checksums.keySet();
    }
  }

  /** Reads the index when it is first used. */
  private static final class IndexHolder {
    static final Index INDEX = readIndex();
  }

  static Index index() {
    return IndexHolder.INDEX;
  }

  static Optional<ServiceModel> find(String service) {
    return Optional.ofNullable(index().idByName().get(service))
        .map(id -> READ.computeIfAbsent(id, ModelFiles::read));
  }

  /** The uncompressed content of a service's file. */
  static InputStream open(String id) throws IOException {
    InputStream file = resource(id + ".json.gz");
    try {
      return new GZIPInputStream(file, 8192);
    } catch (IOException notCompressed) {
      file.close();
      throw notCompressed;
    }
  }

  private static ServiceModel read(String id) {
    try (InputStream content = open(id)) {
      return new ModelParser(id, MAPPER.readTree(content)).model();
    } catch (IOException unreadable) {
      throw new UncheckedIOException("Cannot read the model of " + id, unreadable);
    }
  }

  private static Index readIndex() {
    try (InputStream content = resource("VERSION.json")) {
      JsonNode version = MAPPER.readTree(content);
      var checksums = new TreeMap<String, String>();
      var idByName = new HashMap<String, String>();
      version
          .path("services")
          .properties()
          .forEach(
              service -> {
                String id = service.getKey();
                checksums.put(id, service.getValue().path("sha256").asText());
                idByName.put(id, id);
                service.getValue().path("aliases").forEach(name -> idByName.put(name.asText(), id));
              });
      return new Index(
          version.path("botocore").asText(),
          Collections.unmodifiableMap(checksums),
          Map.copyOf(idByName));
    } catch (IOException unreadable) {
      throw new UncheckedIOException("Cannot read the index of the service models", unreadable);
    }
  }

  private static InputStream resource(String name) throws IOException {
    InputStream file = ModelFiles.class.getResourceAsStream(name);
    if (file == null) {
      throw new FileNotFoundException(name + " is not on the class path");
    }
    return file;
  }
}
