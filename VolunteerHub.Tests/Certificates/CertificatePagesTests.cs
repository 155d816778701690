using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using VolunteerHub.Domain.Certificates;
using VolunteerHub.Domain.Hours;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.Certificates;

namespace VolunteerHub.Tests.Certificates;

/// <summary>The paper, its PDF, and the public page, over real HTTP.</summary>
public sealed class CertificatePagesTests
{
    private const string Password = "shiliu-2026";

    [Fact]
    public async Task A_volunteer_asks_on_a_plain_page_prints_what_was_issued_and_a_stranger_confirms_it()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var (hub, cast) = (site.Hub, await TestCast.OnAsync(site.Hub));
        await hub.ServedAsync(cast.Health, cast.OnRoster, TimeSpan.FromHours(2.5));
        using var na = new Caller(site);
        await na.SignInAsync(await hub.AccountNumberAsync(cast.Volunteer, Password), Password);
        var wrong = await na.FillAsync("/me/certificates", "/me/certificates", ("from", "2026-11-20"), ("until", "2026-11-01"), ("purpose", "评优"));
        Assert.Contains("结束的日子不能早于开始的日子", wrong.Text, StringComparison.Ordinal);
        Assert.Equal(("2026-11-20", "评优"), (wrong.Field("from"), wrong.Field("purpose")));
        Assert.Equal(303, (await na.FillAsync("/me/certificates", "/me/certificates", ("from", ""), ("until", ""), ("purpose", "评优"))).Status);
        var waiting = await na.GetAsync("/me/certificates?asked=1");
        foreach (var part in new[] { "申请已经交上去了", "用途：评优", "2026年11月28日申请", "社区出具后会通知您" }) Assert.Contains(part, waiting.Text, StringComparison.Ordinal);
        Assert.Contains("role=\"status\"", waiting.Body, StringComparison.Ordinal);
        var asked = (await hub.Get<CertificateRegister>().LoadAsync(cast.Coordinator, null, CertificateStatus.Asked)).Value!.Rows.Single();
        var id = (await hub.Get<IssueCertificate>().RunAsync(cast.Coordinator, cast.OnRoster.Id, asked.Id, new CertificateTerms(null, null, "王芳", "赵经办", "0477-8881234"))).Value;
        var paper = await na.GetAsync($"/certificates/{id}");
        Assert.Contains("ZM2026-0001", paper.Text, StringComparison.Ordinal);
        Assert.Contains("服务时长共计 2.5 小时", paper.Text, StringComparison.Ordinal);
        var code = CertificateCode.Shown((await hub.Get<CertificateToPrint>().LoadAsync(cast.Coordinator, id)).Value!.Code);
        using var stranger = new Caller(site);
        Assert.Equal("/verify/" + code, (await stranger.GetAsync("/verify?code=" + code.ToLowerInvariant().Replace("-", "%20", StringComparison.Ordinal))).Location);
        var seen = await stranger.GetAsync("/verify/" + code);
        Assert.Contains("这份证明真实有效", seen.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(cast.OnRoster.Name, seen.Text, StringComparison.Ordinal);
        Assert.Contains("2.5 小时", seen.Text, StringComparison.Ordinal);
        await hub.Get<WithdrawCertificate>().RunAsync(cast.Coordinator, id, "重复出具");
        Assert.Contains("撤回，不再有效：重复出具", (await stranger.GetAsync("/verify/" + code)).Text, StringComparison.Ordinal);
        var gone = await na.GetAsync($"/certificates/{id}");
        Assert.Contains("不再有效。原因：重复出具", gone.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("btn p", gone.Body, StringComparison.Ordinal);
        Assert.Equal(302, (await stranger.GetAsync($"/certificates/{id}/pdf")).Status);
    }

    [Fact]
    public async Task Guessed_codes_find_nothing_and_an_address_that_goes_on_guessing_is_told_to_wait()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        using var stranger = new Caller(site);
        for (var guess = 0; guess < 60; guess++) Assert.Equal(404, (await stranger.GetAsync("/verify/" + CertificateCode.New())).Status);
        var stopped = await stranger.GetAsync("/verify/" + CertificateCode.New());
        Assert.Equal(429, stopped.Status);
        Assert.Contains("请一小时以后再试", stopped.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("李文博")]
    [InlineData("乌云·其其格")]
    [InlineData("张堃喆")]
    public async Task The_PDF_gives_name_number_and_hours_back_as_they_were_written(string name)
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        var who = await hub.VolunteerAsync(name, cast.Health);
        await hub.ServedAsync(cast.Health, who, TimeSpan.FromHours(123.5));
        var id = (await hub.Get<IssueCertificate>().RunAsync(cast.Coordinator, who.Id, null, new CertificateTerms(new DateOnly(2026, 11, 1), null, "王芳", "赵经办", "0477-8881234"))).Value;
        var paper = (await hub.Get<CertificateToPrint>().LoadAsync(cast.Coordinator, id)).Value!;
        var text = await PdfTextAsync(hub, paper);
        foreach (var part in new[] { name, who.Number, "ZM2026-0001", "123.5 小时", "志愿服务记录证明", "2026年11月28日", CertificateCode.Shown(paper.Code), paper.Statement.Issuer, "0477-8881234", "王芳", "盖章处" })
            Assert.Contains(part, text, StringComparison.Ordinal);
        // No radicals where there should be characters.
        Assert.DoesNotContain(text, c => c is >= '\u2E80' and <= '\u2FDF');
        await hub.Get<WithdrawCertificate>().RunAsync(cast.Coordinator, id, "重复出具");
        var gone = await PdfTextAsync(hub, (await hub.Get<CertificateToPrint>().LoadAsync(cast.Coordinator, id)).Value!);
        foreach (var part in new[] { "作废", "原因：重复出具" }) Assert.Contains(part, gone, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_character_that_no_font_has_is_said_and_the_browser_is_offered()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        var who = await hub.VolunteerAsync("李\U000F0001", cast.Health);
        await hub.ServedAsync(cast.Health, who, TimeSpan.FromHours(1));
        var id = (await hub.Get<IssueCertificate>().RunAsync(cast.Coordinator, who.Id, null, new CertificateTerms(null, null, "王芳", "赵经办", "0477-8881234"))).Value;
        var paper = (await hub.Get<CertificateToPrint>().LoadAsync(cast.Coordinator, id)).Value!;
        using var scope = hub.App.Services.CreateScope();
        Assert.Equal(new NotInFont("\U000F0001"), scope.ServiceProvider.GetRequiredService<CertificatePdf>().Write(paper, "http://127.0.0.1/verify/x").Refusal);
    }

    /// <summary>What pdftotext reads, without line ends where Chinese goes on.</summary>
    private static async Task<string> PdfTextAsync(TestHub hub, CertificatePaper paper)
    {
        const string Reader = "/usr/bin/pdftotext";
        if (!File.Exists(Reader))
        {
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") is { Length: > 0 }, "pdftotext (poppler-utils) is not installed.");
            Assert.Fail("pdftotext (poppler-utils) is not installed: .ci/run installs it.");
        }

        using var scope = hub.App.Services.CreateScope();
        var made = scope.ServiceProvider.GetRequiredService<CertificatePdf>().Write(paper, "http://127.0.0.1/verify/" + CertificateCode.Shown(paper.Code));
        Assert.Null(made.Refusal);
        using var process = Process.Start(new ProcessStartInfo(Reader, "-layout -enc UTF-8 - -") { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        await process.StandardInput.BaseStream.WriteAsync(made.Value);
        process.StandardInput.Close();
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return text;
    }
}
