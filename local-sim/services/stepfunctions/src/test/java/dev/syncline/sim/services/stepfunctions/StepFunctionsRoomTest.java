// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions;

import dev.syncline.sim.servicetests.ServiceContractTest;

class StepFunctionsRoomTest extends ServiceContractTest {}
