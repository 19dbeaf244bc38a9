// SPDX-License-Identifier: Apache-2.0
/**
 * What the bridge and the workers share on top of the AWS SDK: records of work in an S3 bucket, SDK
 * clients configured from environment variables, and secrets from Secrets Manager. The SDK is an
 * optional dependency of this module. A program that uses this package adds {@code
 * software.amazon.awssdk:secretsmanager} and {@code :apache5-client}.
 */
@NullMarked
package dev.syncline.work.aws;

import org.jspecify.annotations.NullMarked;
