// An OpenTelemetry collector of the parts that packaging/opentelemetry/collector.yml names, which are
// a few of those that the distribution "contrib" has.
package main

import (
	"log"

	"github.com/open-telemetry/opentelemetry-collector-contrib/processor/transformprocessor"
	"github.com/open-telemetry/opentelemetry-collector-contrib/receiver/prometheusreceiver"
	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/confmap"
	"go.opentelemetry.io/collector/confmap/provider/envprovider"
	"go.opentelemetry.io/collector/confmap/provider/fileprovider"
	"go.opentelemetry.io/collector/exporter"
	"go.opentelemetry.io/collector/exporter/otlphttpexporter"
	"go.opentelemetry.io/collector/otelcol"
	"go.opentelemetry.io/collector/processor"
	"go.opentelemetry.io/collector/processor/batchprocessor"
	"go.opentelemetry.io/collector/receiver"
	"go.opentelemetry.io/collector/service/telemetry/otelconftelemetry"
)

// By the names that a configuration uses.
func named[T component.Factory](parts ...T) map[component.Type]T {
	byName, err := otelcol.MakeFactoryMap(parts...)
	if err != nil {
		log.Fatal(err)
	}
	return byName
}

func parts() (otelcol.Factories, error) {
	return otelcol.Factories{
		Receivers:  named[receiver.Factory](prometheusreceiver.NewFactory()),
		Processors: named[processor.Factory](transformprocessor.NewFactory(), batchprocessor.NewFactory()),
		Exporters:  named[exporter.Factory](otlphttpexporter.NewFactory()),
		Telemetry:  otelconftelemetry.NewFactory(),
	}, nil
}

func main() {
	providers := []confmap.ProviderFactory{fileprovider.NewFactory(), envprovider.NewFactory()}
	resolver := confmap.ResolverSettings{ProviderFactories: providers, DefaultScheme: "env"}
	command := otelcol.NewCommand(otelcol.CollectorSettings{
		BuildInfo:              component.BuildInfo{Command: "collector"},
		Factories:              parts,
		ConfigProviderSettings: otelcol.ConfigProviderSettings{ResolverSettings: resolver},
	})
	if err := command.Execute(); err != nil {
		log.Fatal(err)
	}
}
