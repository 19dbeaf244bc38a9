// SPDX-License-Identifier: Apache-2.0
/**
 * AppSync Events credentials that need the AWS SDK: an API key in Secrets Manager, and IAM
 * signatures. The SDK is an optional dependency of this module. A program that uses this package
 * adds {@code software.amazon.awssdk:secretsmanager} and {@code :apache5-client}.
 */
@NullMarked
package dev.syncline.publisher.aws;

import org.jspecify.annotations.NullMarked;
