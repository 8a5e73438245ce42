using Cofferdam.Storage;
using Cofferdam.Work.Acceptances;
using Cofferdam.Work.Access;
using Cofferdam.Work.Appeals;
using Cofferdam.Work.AskedQuestions;
using Cofferdam.Work.Batches;
using Cofferdam.Work.BrowserKeys;
using Cofferdam.Work.Budgets;
using Cofferdam.Work.Disclosures;
using Cofferdam.Work.Engagements;
using Cofferdam.Work.Events;
using Cofferdam.Work.Facets;
using Cofferdam.Work.Forms;
using Cofferdam.Work.Gold;
using Cofferdam.Work.Guidelines;
using Cofferdam.Work.Images;
using Cofferdam.Work.Imports;
using Cofferdam.Work.Items;
using Cofferdam.Work.Keys;
using Cofferdam.Work.Leads;
using Cofferdam.Work.Ledgers;
using Cofferdam.Work.Notices;
using Cofferdam.Work.Operations;
using Cofferdam.Work.Progress;
using Cofferdam.Work.Projects;
using Cofferdam.Work.Reports;
using Cofferdam.Work.Reviews;
using Cofferdam.Work.Searches;
using Cofferdam.Work.Skills;
using Cofferdam.Work.Slots;
using Cofferdam.Work.Suspensions;
using Cofferdam.Work.Tasks;
using Cofferdam.Work.Warnings;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Cofferdam.Work;

public static class WorkRegistration
{
    /// <summary>Registers the work of labs: projects to reviews. Needs the store, the vault and a <see cref="TimeProvider"/>.</summary>
    /// <remarks>Call it after <c>AddStorage</c>: what it puts right at start needs the migrated database.</remarks>
    public static IServiceCollection AddWork(this IServiceCollection services)
    {
        services.AddSingleton<ITables, WorkTables>();
        services.AddSingleton<ProjectCatalog>();
        services.AddSingleton<BatchOpening>();
        services.AddSingleton<TaskOpening>();
        services.AddSingleton<SignedTasks>();
        services.AddSingleton<SigningKeys>();
        services.AddSingleton<SlotsAhead>();
        services.AddSingleton<Offers>();
        services.AddSingleton<NothingToDo>();
        services.AddSingleton<BatchStates>();
        services.AddScoped<BatchStateEndpoints.Change>();
        services.AddScoped<GoldGrading>();
        services.AddScoped<Answering>();
        services.AddScoped<Deciding>();
        services.AddScoped<Escalations>();
        services.AddScoped<OperationRun>();
        services.AddSingleton<SlotCounting>();
        services.AddSingleton<ImageTaking>();
        services.AddSingleton<ItemLists>();
        services.AddSingleton<SearchScan>();
        services.AddSingleton<SearchQueue>();
        services.AddScoped<DraftedGuidelines>();
        services.AddScoped<AnswerPublishing>();
        services.AddSingleton<ItemFacets>();
        services.AddSingleton<FormCatalog>();
        services.AddSingleton<ShownShapes>();
        services.AddScoped<AcceptanceDrawing>();
        services.AddSingleton<AcceptanceSettling>();
        services.AddSingleton<NoticeBoard>();
        services.AddSingleton<WorkEventFeed>();
        services.AddSingleton<SuspensionEvents>();
        services.AddScoped<SuspensionScopes>();
        services.AddSingleton<SlotLoop>();
        services.AddHostedService<WorkStart>();
        services.AddHostedService(provider => provider.GetRequiredService<SlotLoop>());
        services.AddHostedService(provider => provider.GetRequiredService<SlotsAhead>());
        services.AddHostedService(provider => provider.GetRequiredService<SearchQueue>());
        services.AddHostedService(provider => provider.GetRequiredService<AcceptanceSettling>());
        return services;
    }

    /// <summary>Maps the routes below <c>/api/labs/{lab}</c>. Every one names the policy it needs.</summary>
    /// <param name="lab">A group in which an actor of the route's lab is on the request.</param>
    public static RouteGroupBuilder MapWork(this RouteGroupBuilder lab)
    {
        lab.MapTaskEndpoints();
        lab.MapMyAnswersEndpoint();
        lab.MapReviewEndpoints();
        lab.MapProjectEndpoints();
        lab.MapGuidelineEndpoints();
        lab.MapReadingEndpoints();
        lab.MapWarningEndpoints();
        lab.MapAskedQuestionEndpoints();
        lab.MapFormEndpoints();
        lab.MapFormPreview();
        lab.MapImportEndpoints();
        lab.MapImageEndpoints();
        lab.MapJudgedImageEndpoints();
        lab.MapItemEndpoints();
        lab.MapFacetEndpoints();
        lab.MapSearchEndpoints();
        lab.MapBatchEndpoints();
        lab.MapBatchStateEndpoints();
        lab.MapEscalationEndpoints();
        lab.MapGoldEndpoints();
        lab.MapOperationEndpoints();
        lab.MapSkillEndpoints();
        lab.MapWorkEndpoints();
        lab.MapProgressEndpoints();
        lab.MapReportEndpoints();
        lab.MapDisclosureEndpoints();
        lab.MapLedgerEndpoints();
        lab.MapKeyEndpoints();
        lab.MapBrowserKeyEndpoints();
        lab.MapSuspensionEndpoints();
        lab.MapEngagementEndpoints();
        lab.MapLeadEndpoints();
        lab.MapBudgetEndpoints();
        lab.MapProposalEndpoints();
        lab.MapAcceptanceEndpoints();
        lab.MapAppealEndpoints();
        lab.MapNoticeEndpoints();
        return lab;
    }
}
