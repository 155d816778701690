using System.Globalization;
using Bunit;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MudBlazor.Services;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Features.Planner;
using VolunteerHub.Web.Platform.Sentences;

namespace VolunteerHub.Tests.Support;

/// <summary>Renders a component alone, in Chinese, on the Saturday morning of the examples.</summary>
public abstract class Screen : BunitContext
{
    protected Screen()
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("zh-CN");
        Clock = new FakeTimeProvider(TestHub.Morning);
        Services.AddLogging();
        Services.AddSingleton<TimeProvider>(Clock);
        Services.AddHubTexts();
        Services.AddMudServices(options => options.PopoverOptions.CheckForPopoverProvider = false);
        Services.AddSingleton<AntiforgeryStateProvider>(new NoToken());
        JSInterop.Mode = JSRuntimeMode.Loose;
    }

    protected FakeTimeProvider Clock { get; }

    /// <summary>09:00–11:30 of that morning.</summary>
    protected static TimeSlot Slot { get; } = Weekend.Saturday.From("09:00", "11:30");

    /// <summary>The head of a run of five posts.</summary>
    protected static RunSummary Run(RunPhase phase = RunPhase.Published, int min = 5, int heads = 5, int missing = 0, int unanswered = 0) => new(
        RunId.New(), "送健康·健康义诊", ServiceLine.Health, TeamId.New(), "健康义诊志愿服务队", "health", "健", SiteId.New(), "红石榴驿站", Slot, phase, min, min + 3, heads, missing, unanswered, 0);

    private sealed class NoToken : AntiforgeryStateProvider
    {
        public override AntiforgeryRequestToken? GetAntiforgeryToken() => new("token", "__RequestVerificationToken");
    }
}
