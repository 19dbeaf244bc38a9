// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An OpenID Connect identity provider. Guarded by its store. */
final class OidcProviderRecord {
  final String arn;

  /** Without {@code https://}. */
  final String url;

  final Instant created;
  final List<String> clientIds = new ArrayList<>();
  final List<String> thumbprints = new ArrayList<>();
  final Map<String, String> tags = new LinkedHashMap<>();

  OidcProviderRecord(String arn, String url, Instant created) {
    this.arn = arn;
    this.url = url;
    this.created = created;
  }
}
