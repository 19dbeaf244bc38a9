// SPDX-License-Identifier: Apache-2.0
package dev.syncline.publisher;

import java.util.Optional;

/** Authorization mode {@code API_KEY}: the key is sent in {@code x-api-key}. */
final class ApiKeyAuthorization implements Authorization {
  private final ApiKeySource source;

  ApiKeyAuthorization(ApiKeySource source) {
    this.source = source;
  }

  @Override
  public Credential credential() {
    return new ApiKeyCredential(source.current());
  }

  @Override
  public Optional<Credential> replacementFor(Credential refused) {
    if (!(refused instanceof ApiKeyCredential old)) {
      throw new IllegalArgumentException("the refused credential is not of this authorization");
    }
    String next = source.after(old.key());
    return next.equals(old.key()) ? Optional.empty() : Optional.of(new ApiKeyCredential(next));
  }

  /** Refuses a key that is invalid in an HTTP header, without showing it. */
  static String requireKey(String key) {
    if (key.isEmpty()) {
      throw new IllegalArgumentException("The API key is empty");
    }
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      if (c <= ' ' || c >= 0x7f) {
        throw new IllegalArgumentException(
            String.format(
                "The API key has the character U+%04X at position %d; a key is visible ASCII"
                    + " without spaces",
                (int) c, i));
      }
    }
    return key;
  }

  @Override
  public String toString() {
    return "Authorization[API_KEY]";
  }
}
