// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.settings;

/**
 * Behaviours of Amazon SQS that AWS does not document. Immutable.
 *
 * @param jsonNeedsTarget how a request is read whose content type is {@code
 *     application/x-amz-json-1.0} and that has no {@code X-Amz-Target}, as some integrations of API
 *     Gateway send it: refused for want of the target if true, else a query whose parameters are in
 *     the URL
 */
public record SqsSettings(boolean jsonNeedsTarget) {
  /** Such a request is a query. */
  public static final SqsSettings DEFAULT = new SqsSettings(false);
}
