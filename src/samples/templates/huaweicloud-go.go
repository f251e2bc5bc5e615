id: go-sdk
title: Go, SDK
file: <% operation.snake %>.go
tool: huaweicloud
---
// <% api | comment %>: <% summary | comment %>
// go get github.com/huaweicloud/huaweicloud-sdk-go-v3
<%# missing %>
// Empty or wrong in the form: <% missing | comment %>
<%/ missing %>
package main

import (
	"fmt"
	"os"

	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/auth/basic"
	service "github.com/huaweicloud/huaweicloud-sdk-go-v3/<% sdk.go.package %>"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/<% sdk.go.package %>/model"
)

func main() {
	credentials := basic.NewCredentialsBuilder().
		WithAk(os.Getenv("<% env.key_id %>")).
		WithSk(os.Getenv("<% env.key_secret %>")).
		WithSecurityToken(os.Getenv("<% env.security_token %>")).
<%# parameters %>
<%# of_client %>
		WithProjectId(<% value | go %>).
<%/ of_client %>
<%/ parameters %>
		Build()
	endpoint := os.Getenv("<% env.endpoint %>")
	if endpoint == "" {
		endpoint = <% endpoint | go %>
	}
	builder := service.<% sdk.client %>Builder().WithEndpoints([]string{endpoint}).WithCredential(credentials)
	client := service.New<% sdk.client %>(builder.Build())
	request := &model.<% operation.name %>Request{}
<%# parameters %>
<%^ of_client %>
<%# in_path %>
	request.<% pascal %> = <% value | go %>
<%/ in_path %>
<%^ in_path %>
	<% camel %>Value := <%# is_number %>int32(<% value %>)<%/ is_number %><%^ is_number %><% value | go %><%/ is_number %>
	request.<% pascal %> = &<% camel %>Value
<%/ in_path %>
<%/ of_client %>
<%/ parameters %>
<%# sdk.go.body %>
	request.Body = &model.<% sdk.go.body %>{
<%# body_members %>
		<% pascal %>: <% value | go %>,
<%/ body_members %>
	}
<%/ sdk.go.body %>
	answer, err := client.<% operation.name %>(request)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println(answer)
}
