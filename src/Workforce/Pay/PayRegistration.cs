using Cofferdam.Workforce.Pay.Entries;
using Cofferdam.Workforce.Pay.Objections;
using Cofferdam.Workforce.Pay.Payouts;
using Cofferdam.Workforce.Pay.Rates;
using Cofferdam.Workforce.Pay.Statements;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Cofferdam.Workforce.Pay;

internal static class PayRegistration
{
    public static void AddPay(this IServiceCollection services)
    {
        services.TryAddSingleton(new PayBounds());
        services.AddScoped<PayLedger>();
        services.AddScoped<PayIntake>();
        services.AddScoped<PayMarks>();
        services.AddScoped<PayCheck>();
        services.AddScoped<Corrections>();
        services.AddScoped<EarlyStop>();
        services.AddScoped<RateBook>();
        services.AddScoped<StatementMaking>();
        services.AddScoped<StatementReading>();
        services.AddScoped<Withholdings>();
        services.AddScoped<Disputes>();
        services.AddScoped<ObjectionReading>();
        services.AddScoped<Payouts.Payouts>();
        services.AddScoped<PayoutFiles>();
        services.AddScoped<PayWords>();
        services.AddHostedService<PayClockCheck>();
        services.AddHostedService<WithholdingClock>();
    }

    /// <param name="api">The group below <c>/api</c>.</param>
    public static void MapPay(this IEndpointRouteBuilder api)
    {
        var pay = api.MapGroup("/desk/pay").WithTags("Pay");
        pay.MapRateEndpoints();
        pay.MapEntryEndpoints();
        pay.MapStatementEndpoints();
        pay.MapObjectionEndpoints();
        pay.MapPayoutEndpoints();
        api.MapGroup("/me").MapMyPayEndpoints();
    }
}

/// <summary>Stops the start of a node that could not tell days apart.</summary>
file sealed class PayClockCheck : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        PayClock.Check();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
