// SPDX-License-Identifier: Apache-2.0
/**
 * AWS Secrets Manager: secrets, their versions and stages.
 *
 * <p>Simulated: values of up to 65,536 bytes, staging labels, deletion with a recovery window,
 * filters, resource policies, tags and random passwords. A secret of a service, such as one of an
 * EventBridge connection, cannot be changed by a call from outside.
 *
 * <p>Not simulated: values are in memory and in the saved state in clear text. Resource policies
 * are stored and not evaluated. Rotation and replication are not supported.
 *
 * <p>Sources: the API reference of Secrets Manager, its published model and recorded answers.
 *
 * <p>Reading order: {@link dev.syncline.sim.services.secretsmanager.SecretsManagerProvider}, {@link
 * dev.syncline.sim.services.secretsmanager.SecretsManagerService}, the {@code …Operations}, {@code
 * Secret}, {@code SecretStore}, {@code SecretErrors}, {@code SecretsState}, {@code resources}.
 * Beside the plan are {@code SecretJson} (parts that several answers share), {@code SecretFilters}
 * (the filters of two operations) and {@link
 * dev.syncline.sim.services.secretsmanager.RandomPassword}.
 */
@NullMarked
package dev.syncline.sim.services.secretsmanager;

import org.jspecify.annotations.NullMarked;
