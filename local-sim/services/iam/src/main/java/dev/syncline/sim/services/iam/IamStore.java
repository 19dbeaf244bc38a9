// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.AwsException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What IAM knows. Not thread-safe: its callers hold its monitor. */
final class IamStore {
  private static final Pattern NAME = Pattern.compile("[\\w+=,.@-]+");
  private static final Pattern PATH = Pattern.compile("/([\\x21-\\x7e]+/)?");

  final SimClock clock;
  final Ids ids;
  final String account;
  final Map<String, Role> roles = new TreeMap<>();
  final Map<String, Policy> policies = new TreeMap<>();

  IamStore(SimClock clock, Ids ids, String account) {
    this.clock = clock;
    this.ids = ids;
    this.account = account;
  }

  /** A role. */
  static final class Role {
    final String name;
    final String path;
    final String id;
    final String arn;
    final Instant created;
    String trust;
    String description = "";
    boolean described;
    int maxSessionSeconds = 3600;
    @Nullable String boundary;
    final Map<String, String> tags = new LinkedHashMap<>();
    final Map<String, String> inline = new TreeMap<>();
    final TreeSet<String> attached = new TreeSet<>();

    Role(String name, String path, String id, String arn, Instant created, String trust) {
      this.name = name;
      this.path = path;
      this.id = id;
      this.arn = arn;
      this.created = created;
      this.trust = trust;
    }
  }

  /** One version of a managed policy. */
  record Version(String id, String document, Instant created) {}

  /** A customer managed policy. */
  static final class Policy {
    final String name;
    final String path;
    final String id;
    final String arn;
    final String description;
    final Instant created;
    Instant updated;
    String defaultVersion = "v1";
    int lastVersion = 1;
    final Map<String, String> tags = new LinkedHashMap<>();
    final ArrayList<Version> versions = new ArrayList<>();

    Policy(String name, String path, String id, String arn, String description, Instant created) {
      this.name = name;
      this.path = path;
      this.id = id;
      this.arn = arn;
      this.description = description;
      this.created = created;
      this.updated = created;
    }
  }

  Role role(String name) {
    Role role = roles.get(name);
    if (role == null) {
      throw noSuchEntity("The role with name " + name + " cannot be found.");
    }
    return role;
  }

  Policy policy(String arn) {
    Policy policy = policies.get(arn);
    if (policy == null) {
      throw noSuchEntity("Policy " + arn + " was not found.");
    }
    return policy;
  }

  /**
   * The ARN of a policy that a role may have.
   *
   * @throws AwsException {@code NoSuchEntity}, {@code PolicyNotAttachable}
   */
  String attachable(String arn) {
    Optional<ManagedPolicies.Managed> managed = ManagedPolicies.find(arn);
    if (managed.isEmpty() && !policies.containsKey(arn)) {
      throw noSuchEntity("Policy " + arn + " does not exist or is not attachable.");
    }
    if (managed.isPresent() && managed.get().isServiceLinked()) {
      throw AwsException.badRequest(
          "PolicyNotAttachable", "Cannot attach a Service Role Policy to a Customer Role.");
    }
    return arn;
  }

  /** The ARN of a policy that a role may have as its boundary. */
  String boundary(String arn) {
    if (ManagedPolicies.find(arn).isEmpty() && !policies.containsKey(arn)) {
      throw noSuchEntity("Scope ARN: " + arn + " does not exist or is not attachable.");
    }
    return arn;
  }

  long boundaries(String policyArn) {
    return roles.values().stream().filter(role -> policyArn.equals(role.boundary)).count();
  }

  long attachments(String policyArn) {
    return roles.values().stream().filter(role -> role.attached.contains(policyArn)).count();
  }

  /** IAM's times have no fractions of a second. */
  Instant now() {
    return clock.now().truncatedTo(ChronoUnit.SECONDS);
  }

  static String checkedName(String member, String name, int longest) {
    if (!NAME.matcher(name).matches()) {
      throw AwsException.badRequest(
          "ValidationError",
          "The specified value for "
              + member
              + " is invalid. It must contain only alphanumeric"
              + " characters and/or the following: +=,.@_-");
    }
    if (name.length() > longest) {
      throw AwsException.badRequest(
          "ValidationError",
          "1 validation error detected: Value at '"
              + member
              + "' failed to satisfy constraint: Member must have length less than or equal to "
              + longest);
    }
    return name;
  }

  static String checkedPath(String path) {
    if (!PATH.matcher(path).matches() || path.length() > 512) {
      throw AwsException.badRequest(
          "ValidationError",
          "The specified value for path is invalid. It must begin and end with / and contain only"
              + " alphanumeric characters and/or / characters.");
    }
    return path;
  }

  static AwsException noSuchEntity(String message) {
    return new AwsException("NoSuchEntity", 404, message);
  }

  static AwsException conflict(String code, String message) {
    return new AwsException(code, 409, message);
  }
}
