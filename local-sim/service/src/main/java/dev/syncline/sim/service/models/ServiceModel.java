// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.models;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The published model of one AWS service, as of {@link #botocoreVersion()}. A model is read from
 * the class path when it is first used, and kept.
 *
 * <p>Immutable; the static methods are thread-safe.
 *
 * @param id the AWS CLI's name of the service, for example {@code stepfunctions}
 * @param serviceId AWS's id of the service, for example {@code SFN}
 * @param apiVersion for example {@code 2016-11-23}
 * @param protocol the protocol that clients use, for example {@code json} or {@code rest-xml}
 * @param protocols all protocols that the service offers, the preferred one first
 * @param jsonVersion of the protocol {@code json}, for example {@code 1.0}
 * @param targetPrefix precedes the operation's name in {@code X-Amz-Target}
 * @param signingName the service's name in signatures
 * @param endpointPrefix the first part of the endpoint's host name
 * @param xmlNamespace the URI of the namespace of XML messages
 * @param operations by name, sorted
 * @param shapes by name, sorted
 */
public record ServiceModel(
    String id,
    String serviceId,
    String apiVersion,
    String protocol,
    List<String> protocols,
    Optional<String> jsonVersion,
    Optional<String> targetPrefix,
    String signingName,
    String endpointPrefix,
    Optional<String> xmlNamespace,
    Map<String, ModelOperation> operations,
    Map<String, ModelShape> shapes) {
  /**
   * The model of a service.
   *
   * @param service the AWS CLI's name ({@code cognito-idp}), the SDK's name in lower case without
   *     spaces ({@code cognitoidentityprovider}), or the prefix of the endpoint ({@code
   *     monitoring})
   * @throws IllegalArgumentException if there is no model of that name; the message has the names
   */
  public static ServiceModel of(String service) {
    return find(service)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "No model of service '"
                        + service
                        + "'. Use one of "
                        + ids()
                        + ", or add it to tools/models/extract_models.py."));
  }

  /** As {@link #of(String)}; empty if there is no model of that name. */
  public static Optional<ServiceModel> find(String service) {
    return ModelFiles.find(service);
  }

  /** The AWS CLI's names of the services that have a model, sorted. */
  public static Set<String> ids() {
    return ModelFiles.index().ids();
  }

  /** The version of botocore that the models come from. */
  public static String botocoreVersion() {
    return ModelFiles.index().botocoreVersion();
  }

  /**
   * An operation.
   *
   * @throws IllegalArgumentException if the model has no operation of that name
   */
  public ModelOperation operation(String name) {
    return findOperation(name)
        .orElseThrow(
            () -> new IllegalArgumentException("The model of " + id + " has no operation " + name));
  }

  /** An operation; empty if the model has none of that name. */
  public Optional<ModelOperation> findOperation(String name) {
    return Optional.ofNullable(operations.get(name));
  }

  /**
   * A shape.
   *
   * @throws IllegalArgumentException if the model has no shape of that name
   */
  public ModelShape shape(String name) {
    ModelShape shape = shapes.get(name);
    if (shape == null) {
      throw new IllegalArgumentException("The model of " + id + " has no shape " + name);
    }
    return shape;
  }

  /** The shape that a member refers to. */
  public ModelShape shape(ModelMember member) {
    return shape(member.shape());
  }

  /** The name and version, for messages; the shapes would be too long. */
  @Override
  public String toString() {
    return "ServiceModel[" + id + " " + apiVersion + "]";
  }
}
