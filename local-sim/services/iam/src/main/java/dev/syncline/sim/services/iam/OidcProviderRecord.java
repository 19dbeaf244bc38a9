// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An OpenID Connect identity provider. Guarded by its store. */
<<<<<<<< HEAD:local-sim/services/iam/src/main/java/dev/syncline/sim/services/iam/OidcIssuer.java
final class OidcIssuer {
========
final class OidcProviderRecord {
>>>>>>>> 7282542c7b6671e93faea400df537e408cc6e328:local-sim/services/iam/src/main/java/dev/syncline/sim/services/iam/OidcProviderRecord.java
  final String arn;

  /** Without {@code https://}. */
  final String url;

  final Instant created;
  final List<String> clientIds = new ArrayList<>();
  final List<String> thumbprints = new ArrayList<>();
  final Map<String, String> tags = new LinkedHashMap<>();

<<<<<<<< HEAD:local-sim/services/iam/src/main/java/dev/syncline/sim/services/iam/OidcIssuer.java
  OidcIssuer(String arn, String url, Instant created) {
========
  OidcProviderRecord(String arn, String url, Instant created) {
>>>>>>>> 7282542c7b6671e93faea400df537e408cc6e328:local-sim/services/iam/src/main/java/dev/syncline/sim/services/iam/OidcProviderRecord.java
    this.arn = arn;
    this.url = url;
    this.created = created;
  }
}
