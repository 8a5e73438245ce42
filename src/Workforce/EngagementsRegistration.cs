using Cofferdam.Workforce.Engagements;
using Cofferdam.Workforce.Events;
using Cofferdam.Workforce.Needs;
using Cofferdam.Workforce.Placements;
using Cofferdam.Workforce.Roster;
using Cofferdam.Workforce.Statements;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Cofferdam.Workforce;

internal static class EngagementsRegistration
{
    /// <summary>Engagements, needs, offers, placements, statements, events and roster.</summary>
    public static void AddEngagements(this IServiceCollection services)
    {
        services.AddScoped<IExpertStandings, VettedStandings>();
        services.AddScoped<EngagementIntake>();
        services.AddScoped<EngagementEnding>();
        services.AddScoped<EarlierListings>();
        services.AddScoped<Offering>();
        services.AddScoped<Placing>();
        services.AddScoped<PlacementEnding>();
        services.AddScoped<StatementIssue>();
        services.AddScoped<EventInbox>();
        services.AddScoped<Stops>();
        services.AddSingleton<NoticeBell>();
        services.AddSingleton<StatementBell>();
        services.AddSingleton<LabPost>();
        services.AddHostedService(provider => provider.GetRequiredService<LabPost>());
        services.AddSingleton<StatementRenewal>();
        services.AddHostedService(provider => provider.GetRequiredService<StatementRenewal>());
    }

    public static void MapEngagementsAndWork(this IEndpointRouteBuilder api)
    {
        var desk = api.MapGroup("/desk");
        desk.MapEngagements();
        desk.MapNeeds();
        desk.MapOffers();
        desk.MapPlacements();
        desk.MapRoster();
        var me = api.MapGroup("/me");
        me.MapMyOffers();
        me.MapMyPlacements();
        me.MapEnrolmentAtLabs();
        me.MapMyWork();
        me.MapTimeOff();
    }
}
