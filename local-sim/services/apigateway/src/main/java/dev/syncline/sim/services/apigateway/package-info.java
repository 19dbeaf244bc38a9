// SPDX-License-Identifier: Apache-2.0
/** Amazon API Gateway REST APIs: the control plane as a service, the data plane as an endpoint. */
@NullMarked
package dev.syncline.sim.services.apigateway;

import org.jspecify.annotations.NullMarked;
