// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.service;

/** The wire protocol that a service speaks. Encoding and decoding is the codecs' business. */
public sealed interface Protocol {

  /**
   * awsJson1_0 and awsJson1_1.
   *
   * @param targetPrefix what stands before the operation in {@code X-Amz-Target}, without the dot
   * @param version {@code 1.0} or {@code 1.1}
   */
  record AwsJson(String targetPrefix, String version) implements Protocol {}

  /**
   * awsQuery.
   *
   * @param apiVersion the {@code Version} parameter, such as {@code 2010-05-08}
   * @param namespace the XML namespace of answers
   */
  record Query(String apiVersion, String namespace) implements Protocol {}

  /** restJson1: every operation has an {@link HttpBinding}. */
  record RestJson() implements Protocol {}

  /** restXml, as S3 speaks it; the service registers an endpoint of its own on the port. */
  record RestXml() implements Protocol {}
}
