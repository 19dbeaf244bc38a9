// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port.codec;

import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Protocol;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Finds the service that a request is for, as AWS does: by the credential scope, then by {@code
 * X-Amz-Target}, the host name, and the query protocol's {@code Action}. S3 is found first, by the
 * hosts of buckets and by signatures of Version 2 too. Thread-safe once every service is
 * registered.
 */
public final class ServiceFinder {
  private static final Set<String> GLOBAL = Set.of("iam", "sts", "s3");
  private static final String DOMAIN = ".amazonaws.com";

  /** Host labels that differ from the signing name: StartSyncExecution has its own prefix. */
  private static final Map<String, String> SIGNING_NAME_BY_HOST = Map.of("sync-states", "states");

  private final Supplier<Collection<AwsService>> services;
  private final String region;

  /**
   * A finder.
   *
   * @param services read at every request, so that services may be registered after the finder
   */
  public ServiceFinder(Supplier<Collection<AwsService>> services, String region) {
    this.services = services;
    this.region = region;
  }

  /**
   * The service; empty when the request does not name one.
   *
   * @throws AwsException when the request names a service or a region that is not served
   */
  public Optional<AwsService> find(WireRequest request, String hostName) {
    if (S3Address.isMeant(request)) {
      Optional<AwsService> s3 = named("s3");
      if (s3.isPresent()) {
        return s3;
      }
    }
    Optional<CredentialScope> scope =
        CredentialScope.of(request.header("authorization"), request.query());
    if (scope.isPresent()) {
      String name = scope.get().service();
      AwsService service =
          signedFor(name, request)
              .orElseThrow(
                  () ->
                      AwsException.badRequest(
                          "UnknownOperationException",
                          "The simulator does not support the service '"
                              + name
                              + "' that the request is signed for."));
      requireRegion(name, scope.get().region());
      return Optional.of(service);
    }
    Optional<String> target = request.header("x-amz-target");
    Optional<AwsService> byTarget = target.flatMap(this::byTarget);
    if (byTarget.isPresent()) {
      return byTarget;
    }
    Optional<AwsService> byHost = byHost(hostName);
    if (target.isPresent() && byHost.filter(ServiceFinder::answersAnyTarget).isEmpty()) {
      throw AwsException.badRequest(
          "UnknownOperationException",
          "The simulator does not support the target '" + target.get() + "'.");
    }
    return byHost.isPresent() ? byHost : byAction(request);
  }

  /** Whether the name is the host of a service that is served here, in this region. */
  public boolean servesHost(String hostName) {
    try {
      return byHost(hostName).isPresent();
    } catch (AwsException otherRegion) {
      return false;
    }
  }

  /** Whether the name is the host of a service that is served here, in any region. */
  public boolean knowsHost(String hostName) {
    try {
      return byHost(hostName).isPresent();
    } catch (AwsException otherRegion) {
      return true;
    }
  }

  private Optional<AwsService> byTarget(String target) {
    for (AwsService service : services.get()) {
      if (service
          .protocol()
          .asJson()
          .filter(json -> target.startsWith(json.targetPrefix() + "."))
          .isPresent()) {
        return Optional.of(service);
      }
    }
    return Optional.empty();
  }

  /** Whether the service has an answer of its own to a target that it does not know. */
  private static boolean answersAnyTarget(AwsService service) {
    return service.protocol().asJson().flatMap(Protocol.AwsJson::coral).isPresent();
  }

  private Optional<AwsService> byHost(String hostName) {
    if (!hostName.endsWith(DOMAIN)) {
      return Optional.empty();
    }
    String[] labels = hostName.substring(0, hostName.length() - DOMAIN.length()).split("\\.", -1);
    if (labels.length == 3) {
      return byPrefix(labels[0] + "." + labels[1], labels[2]);
    }
    if (labels.length > 2) {
      return Optional.empty();
    }
    String label = labels[0].endsWith("-fips") ? labels[0].replace("-fips", "") : labels[0];
    Optional<AwsService> service = named(SIGNING_NAME_BY_HOST.getOrDefault(label, label));
    if (labels.length == 1) {
      return service.filter(found -> GLOBAL.contains(found.signingName()));
    }
    service.ifPresent(found -> requireRegion(found.signingName(), labels[1]));
    return service;
  }

  private Optional<AwsService> byPrefix(String prefix, String asked) {
    Optional<AwsService> service =
        services.get().stream().filter(found -> found.hostPrefix().equals(prefix)).findFirst();
    service.ifPresent(found -> requireRegion(found.signingName(), asked));
    return service;
  }

  private Optional<AwsService> byAction(WireRequest request) {
    boolean mayBeForm =
        request
            .header("content-type")
            .filter(type -> type.startsWith("application/x-www-form-urlencoded"))
            .isPresent();
    if (!mayBeForm && request.query().isEmpty()) {
      return Optional.empty();
    }
    String action = "";
    String version = "";
    for (Map.Entry<String, String> parameter : QueryCodec.parameters(request)) {
      switch (parameter.getKey()) {
        case "Action" -> action = parameter.getValue();
        case "Version" -> version = parameter.getValue();
        default -> {}
      }
    }
    boolean path = FlatForm.isPath(request.rawPath());
    if (version.isEmpty() || (action.isEmpty() && !path)) {
      return path ? byPath(action) : Optional.empty();
    }
    for (AwsService service : services.get()) {
      if (versionOf(service).equals(version)) {
        return Optional.of(service);
      }
    }
    return Optional.empty();
  }

  /** The service that a path of two steps is for, if it has the action. */
  private Optional<AwsService> byPath(String action) {
    return services.get().stream()
        .filter(service -> service.protocol().asQuery().flatMap(Protocol.Query::flat).isPresent())
        .filter(
            service ->
                service.operations().stream()
                    .anyMatch(operation -> operation.name().equals(action)))
        .findFirst();
  }

  private static String versionOf(AwsService service) {
    return service.protocol().asQuery().map(Protocol.Query::apiVersion).orElse("");
  }

  /**
   * The service of a signing name. Where several have it, {@code X-Amz-Target} or the path of an
   * operation decides; the first one answers a request that fits none.
   */
  private Optional<AwsService> signedFor(String signingName, WireRequest request) {
    AwsService first = null;
    boolean several = false;
    for (AwsService service : services.get()) {
      if (service.signingName().equals(signingName)) {
        several |= first != null;
        first = first == null ? service : first;
      }
    }
    if (!several) {
      return Optional.ofNullable(first);
    }
    for (AwsService service : services.get()) {
      if (service.signingName().equals(signingName) && fits(service, request)) {
        return Optional.of(service);
      }
    }
    return Optional.ofNullable(first);
  }

  private static boolean fits(AwsService service, WireRequest request) {
    Optional<String> target = request.header("x-amz-target");
    Optional<Protocol.AwsJson> json = service.protocol().asJson();
    if (target.isPresent()) {
      return json.filter(found -> target.get().startsWith(found.targetPrefix() + ".")).isPresent();
    }
    return service.operations().stream()
        .map(Operation::http)
        .filter(Objects::nonNull)
        .anyMatch(
            http ->
                http.method().equals(request.method())
                    && new UriTemplate(http.uri())
                        .match(request.rawPath(), request.query())
                        .isPresent());
  }

  private Optional<AwsService> named(String signingName) {
    return services.get().stream()
        .filter(service -> service.signingName().equals(signingName))
        .findFirst();
  }

  private void requireRegion(String service, String asked) {
    if (!asked.isEmpty() && !asked.equals(region) && !GLOBAL.contains(service)) {
      throw AwsException.badRequest(
          "ValidationException",
          "The request is for region "
              + asked
              + "; this simulator serves region "
              + region
              + "; start it with --region "
              + asked
              + ".");
    }
  }
}
