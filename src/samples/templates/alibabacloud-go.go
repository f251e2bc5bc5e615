id: go-sdk
title: Go, SDK
file: <% operation.snake %>.go
tool: alibabacloud
---
// <% api | comment %>: <% summary | comment %>
// go get <% sdk.go.module %>
<%# missing %>
// Empty or wrong in the form: <% missing | comment %>
<%/ missing %>
package main

import (
	"fmt"
	"net/url"
	"os"

	openapi "github.com/alibabacloud-go/darabonba-openapi/v2/client"
	service "<% sdk.go.module %>/client"
	"github.com/alibabacloud-go/tea/tea"
)

func main() {
	endpoint := os.Getenv("<% env.endpoint %>")
	if endpoint == "" {
		endpoint = <% endpoint | go %>
	}
	address, err := url.Parse(endpoint)
	fail(err)
	config := &openapi.Config{
		AccessKeyId:     tea.String(os.Getenv("<% env.key_id %>")),
		AccessKeySecret: tea.String(os.Getenv("<% env.key_secret %>")),
		Protocol:        tea.String(address.Scheme),
		Endpoint:        tea.String(address.Host),
	}
	if token := os.Getenv("<% env.security_token %>"); token != "" {
		config.SecurityToken = tea.String(token)
	}
	client, err := service.NewClient(config)
	fail(err)
	answer, err := client.<% operation.name %>(
<%# parameters %>
<%# in_path %>
		tea.String(<% value | go %>),
<%/ in_path %>
<%/ parameters %>
<%# sdk.request %>
		&service.<% operation.name %>Request{
<%# parameters %>
<%# in_query %>
			<% pascal %>: <%# is_number %>tea.Int32(<% value %>)<%/ is_number %><%# is_boolean %>tea.Bool(<% value | go %>)<%/ is_boolean %><%# is_text %>tea.String(<% value | go %>)<%/ is_text %>,
<%/ in_query %>
<%/ parameters %>
		},
<%/ sdk.request %>
	)
	fail(err)
	fmt.Println(answer)
}

func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
