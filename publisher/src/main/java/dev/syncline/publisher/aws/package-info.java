// SPDX-License-Identifier: Apache-2.0
/**
 * What programs that use the publisher share of the AWS SDK: clients made from an environment, and
 * an API key kept in Secrets Manager. The SDK is an optional dependency of this module: whoever
 * uses this package adds {@code software.amazon.awssdk:secretsmanager} and {@code :apache5-client}.
 */
@NullMarked
package dev.syncline.publisher.aws;

import org.jspecify.annotations.NullMarked;
