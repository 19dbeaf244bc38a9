// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import dev.syncline.sim.service.TableFile;
import dev.syncline.sim.service.UniqueIds;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/**
 * The policies that AWS manages, as {@code tools/models/aws_managed_policies.py} wrote them. Names,
 * paths, versions, dates and documents are AWS's. The ids are derived from the names. Immutable,
 * read on first use. Thread-safe.
 */
final class ManagedPolicies {
  private static final String ARN = IamArns.of("aws", "policy");
  private static final String SERVICE_LINKED = "/aws-service-role/";

  private static final String PLACE = "/dev/syncline/sim/services/iam/";

  private ManagedPolicies() {}

  /**
   * A policy.
   *
   * @param created as IAM shows it
   * @param version the id of the default version, the only one that the simulator has
   */
  record Managed(String name, String path, String version, String created, String updated) {
    String arn() {
      return ARN + path + name;
    }

    String id() {
      return UniqueIds.of("ANPA", arn());
    }

    /** Whether it is for service-linked roles. Only AWS attaches such a policy. */
    boolean isServiceLinked() {
      return path.equals(SERVICE_LINKED);
    }
  }

  /** Whether the ARN is of the form that AWS's own policies have. */
  static boolean isManaged(String arn) {
    return arn.startsWith(ARN + "/");
  }

  /** The policy of the ARN, which includes the path. */
  static Optional<Managed> find(String arn) {
    return Optional.ofNullable(Known.BY_ARN.get(arn));
  }

  /**
   * As {@link #find}.
   *
   * @throws dev.syncline.sim.service.AwsException {@code NoSuchEntity}
   */
  static Managed get(String arn) {
    return find(arn).orElseThrow(() -> IamErrors.noSuchPolicy(arn));
  }

  /** Every policy, by ARN. */
  static Collection<Managed> all() {
    return Known.BY_ARN.values();
  }

  /** The document of the policy's default version. */
  static String document(Managed policy) {
    String begin = policy.name() + "\t";
    String file = PLACE + "managed-policies.documents.gz";
    try (var in =
            new GZIPInputStream(
                Objects.requireNonNull(ManagedPolicies.class.getResourceAsStream(file), file));
        var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return reader
          .lines()
          .filter(line -> line.startsWith(begin))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("no document of " + policy.name()))
          .substring(begin.length());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static final class Known {
    static final Map<String, Managed> BY_ARN = read();

    private static Map<String, Managed> read() {
      var policies = new TreeMap<String, Managed>();
      for (String[] field : TableFile.rows(ManagedPolicies.class, PLACE + "managed-policies.tsv")) {
        var policy = new Managed(field[0], field[1], field[2], field[3], field[4]);
        policies.put(policy.arn(), policy);
      }
      return policies;
    }
  }
}
