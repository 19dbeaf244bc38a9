// SPDX-License-Identifier: Apache-2.0
package dev.syncline.publisher;

import java.util.LinkedHashMap;
import java.util.Map;

/** An API key, which is the same for every operation. */
final class ApiKeyCredential implements Credential {
  private static final String HEADER = "x-api-key";

  private final String key;

  ApiKeyCredential(String key) {
    this.key = key;
  }

  String key() {
    return key;
  }

  @Override
  public Map<String, String> publishHeaders(String httpHost, byte[] body) {
    return Map.of(HEADER, key);
  }

  @Override
  public Map<String, String> connect(String httpHost) {
    Map<String, String> members = new LinkedHashMap<>();
    members.put("host", httpHost);
    members.put(HEADER, key);
    return members;
  }

  @Override
  public Map<String, String> subscribe(String httpHost, Channel channel) {
    return connect(httpHost);
  }

  @Override
  public String toString() {
    return "Credential[" + HEADER + ": hidden]";
  }
}
