// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

/** A role. Guarded by its store. */
final class Role extends PolicyHolder {
  static final int DEFAULT_SESSION_SECONDS = 3600;

  /** The begin of the paths of service-linked roles. */
  static final String SERVICE_PATH = "/aws-service-role/";

  String trust;
  String description = "";

  /** Whether a description was given; an empty one counts. */
  boolean described;

  int maxSessionSeconds = DEFAULT_SESSION_SECONDS;

  Role(IamIdentity identity, String trust) {
    super(identity);
    this.trust = trust;
  }

  /** Whether only its service may change it. */
  boolean isServiceLinked() {
    return identity.path().startsWith(SERVICE_PATH);
  }

  void describe(String text) {
    description = text;
    described = true;
  }
}
