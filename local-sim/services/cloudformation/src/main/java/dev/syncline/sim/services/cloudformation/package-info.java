// SPDX-License-Identifier: Apache-2.0
/**
 * AWS CloudFormation: stacks, change sets, and the engine that deploys templates.
 *
 * <p>Simulated: creating, updating and deleting stacks with rollback, change sets, nested stacks,
 * exports, parameters, conditions and intrinsic functions. Not simulated, and refused by name:
 * macros and transforms, stack sets, drift detection, and resource types that no room has.
 *
 * <p>Sources: the CloudFormation user guide, template reference and API reference.
 *
 * <p>Read {@code CloudFormationService} first, then {@code StackOperations}. {@code StackCreation},
 * {@code StackUpdate} and {@code StackDeletion} are the three operations of the engine; {@code
 * ResourceWorker} calls the resource types, which each room declares with {@code
 * dev.syncline.sim.service.resource}. {@code ToleranceReports} leaves out what the user tolerates,
 * and reports it with its line in the template.
 */
@NullMarked
package dev.syncline.sim.services.cloudformation;

import org.jspecify.annotations.NullMarked;
